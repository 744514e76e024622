//! The compressed siblings of the site's files, made once at build time instead of at each request.

use std::{ffi::OsString, io::Write, path::Path};

use anyhow::Result;
use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;

use crate::{files::Tree, wasm::Profile};

/// Maximum size of a file that is compressed in a debug site, in bytes. A debug site is for loopback, and compressing a larger file takes
/// longer than the build.
const DEBUG_LIMIT: usize = 256 * 1024;

/// The file's `.br` and `.gz` siblings, each only if it is smaller than the file.
pub fn siblings(name: &Path, content: &[u8], profile: Profile) -> Result<Tree> {
    let (brotli_quality, gzip_level) = match profile {
        Profile::Debug if content.len() > DEBUG_LIMIT => return Ok(Tree::new()),
        Profile::Debug => (4, 6),
        Profile::Release => (11, 9),
    };
    let mut siblings = Tree::new();
    for (ending, packed) in [(".br", brotli(content, brotli_quality)?), (".gz", gzip(content, gzip_level)?)] {
        if packed.len() < content.len() {
            let mut sibling = OsString::from(name);
            sibling.push(ending);
            siblings.insert(sibling.into(), packed);
        }
    }
    Ok(siblings)
}

fn brotli(content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality, size_hint: content.len(), ..BrotliEncoderParams::default() };
    let mut packer = CompressorWriter::with_params(Vec::new(), 64 * 1024, &params);
    packer.write_all(content)?;
    Ok(packer.into_inner())
}

fn gzip(content: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    packer.write_all(content)?;
    Ok(packer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sibling_is_kept_only_if_it_is_smaller() {
        let long = vec![b'a'; 1000];
        let names: Vec<_> = siblings(Path::new("pkg/x.js"), &long, Profile::Release).unwrap().into_keys().collect();
        assert_eq!(names, [Path::new("pkg/x.js.br"), Path::new("pkg/x.js.gz")]);
        assert!(siblings(Path::new("x.svg"), b"<svg/>", Profile::Release).unwrap().is_empty());
    }
}
