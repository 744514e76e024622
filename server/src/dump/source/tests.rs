use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: é🦀}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf_16(bytes: fn(u16) -> [u8; 2], mark: &str) -> Vec<u8> {
    format!("{mark}{TEXT}").encode_utf16().flat_map(bytes).collect()
}

#[test]
fn text_is_read_in_every_encoding_that_editors_and_shells_write() {
    for bytes in [
        TEXT.as_bytes().to_vec(),
        format!("\u{feff}{TEXT}").into_bytes(),
        utf_16(u16::to_le_bytes, "\u{feff}"),
        utf_16(u16::to_be_bytes, "\u{feff}"),
        utf_16(u16::to_le_bytes, ""),
        utf_16(u16::to_be_bytes, ""),
        gzip(TEXT.as_bytes()),
        gzip(&utf_16(u16::to_le_bytes, "\u{feff}")),
        // Concatenated, as `cat a.gz b.gz` makes it.
        [gzip(&TEXT.as_bytes()[..20]), gzip(&TEXT.as_bytes()[20..])].concat(),
    ] {
        assert_eq!(decoded(bytes.clone()).as_deref(), Ok(TEXT), "{bytes:?}");
    }
    assert_eq!(decoded(Vec::new()).as_deref(), Ok(""));
}

#[test]
fn what_is_no_text_is_named() {
    let mut tar = vec![b'a'; 512];
    tar[257..262].copy_from_slice(b"ustar");
    for (bytes, expected) in [
        (tar.clone(), NotText::Archive("tar")),
        (gzip(&tar), NotText::Archive("tar")),
        (gzip(&gzip(b"a")), NotText::Compressed("gzip, twice")),
        (b"PK\x03\x04...".to_vec(), NotText::Archive("zip")),
        (b"\x28\xb5\x2f\xfd...".to_vec(), NotText::Compressed("zstd")),
        (b"\xff\xfe\0\0a\0\0\0".to_vec(), NotText::Utf32),
        (b"a: b\nc: \xe9\n".to_vec(), NotText::Undecodable { line: 2 }),
        (b"\xff\xfea\0\n\0\x00\xd8b\0".to_vec(), NotText::Undecodable { line: 2 }),
        (b"\xff\xfea\0b".to_vec(), NotText::Undecodable { line: 1 }),
    ] {
        assert_eq!(decoded(bytes.clone()), Err(expected), "{bytes:?}");
    }
    assert!(matches!(decoded(b"\x1f\x8bnonsense".to_vec()), Err(NotText::BrokenGzip(_))));
    let cut = gzip(TEXT.as_bytes());
    assert!(matches!(decoded(cut[..cut.len() - 6].to_vec()), Err(NotText::BrokenGzip(_))));
}

#[test]
fn only_yaml_and_json_of_a_directory_are_read() {
    for (name, read) in [
        ("a.yaml", true),
        ("a.YML", true),
        ("b.json", true),
        ("c.yaml.gz", true),
        ("d.gz", false),
        ("e.txt", false),
        ("yaml", false),
    ] {
        assert_eq!(is_read(Path::new(name)), read, "{name}");
    }
}
