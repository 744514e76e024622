//! The texts of files: directories, gzip, UTF-8 and UTF-16, as people and programs write them.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use words::Words;

use super::DumpError;

/// What stdin is called.
const STDIN: &str = "-";
/// The files of a directory that are read, as `kubectl -f` reads them.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];
/// The most text of a gzip, in GB.
const MOST_GIGABYTES: u64 = 4;

/// Why the bytes of a file are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotText {
    /// An archive of this format.
    Archive(&'static str),
    /// Compressed in this format, which is not read.
    Compressed(&'static str),
    /// A gzip that cannot be decompressed; what the library says.
    BrokenGzip(String),
    /// A gzip of too much text.
    TooLong,
    /// UTF-32.
    Utf32,
    /// Neither UTF-8 nor UTF-16 from this line on.
    Undecodable {
        /// The line, from 1.
        line: usize,
    },
}

impl NotText {
    /// What it is, and what to do.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Archive(format) => words.file_archive(format),
            Self::Compressed(format) => words.file_compressed(format),
            Self::BrokenGzip(error) => words.file_broken_gzip(error),
            Self::TooLong => words.file_too_long(MOST_GIGABYTES),
            Self::Utf32 => words.file_utf_32(),
            Self::Undecodable { line } => words.file_no_text(*line),
        }
    }
}

/// The files that are meant: each itself, and of a directory its YAML and JSON files in the order of their names, not those of its
/// directories, as `kubectl -f` takes them.
pub(super) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, DumpError> {
    let mut files = Vec::new();
    for path in named {
        if path == Path::new(STDIN) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |error| DumpError::Unreadable { file: name(path), error };
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            if is_read(&file) && !file.is_dir() {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(DumpError::EmptyDirectory { directory: name(path) });
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

/// Whether a file of a directory is read: `a.yaml`, `a.json.gz`.
fn is_read(file: &Path) -> bool {
    let ending = |file: &Path| file.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    let ending = match ending(file) {
        Some(gz) if gz == "gz" => file.file_stem().and_then(|stem| ending(Path::new(stem))),
        ending => ending,
    };
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// What a file is called.
pub(super) fn name(file: &Path) -> String {
    if file == Path::new(STDIN) { "stdin".to_owned() } else { file.display().to_string() }
}

/// The text of a file, or of stdin.
pub(super) fn text(file: &Path) -> Result<String, DumpError> {
    let read = if file == Path::new(STDIN) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    let bytes = read.map_err(|error| DumpError::Unreadable { file: name(file), error })?;
    decoded(bytes).map_err(|what| DumpError::NotText { file: name(file), what })
}

/// The text of the bytes of a file: decompressed, without a byte order mark.
pub(crate) fn decoded(bytes: Vec<u8>) -> Result<String, NotText> {
    let bytes = if bytes.starts_with(b"\x1f\x8b") { decompressed(&bytes)? } else { bytes };
    if let Some(other) = other_format(&bytes) {
        return Err(other);
    }
    match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(NotText::Utf32),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        // A text begins with a letter or a bracket, so that one of the two bytes is 0 (YAML 1.2, §5.2).
        [1..=255, 0, 1..=255, 0, ..] => utf_16(&bytes, u16::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => utf_16(&bytes, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest.to_vec()),
        _ => utf_8(bytes),
    }
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, NotText> {
    let most = MOST_GIGABYTES * 1_000_000_000;
    let mut text = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut text);
    match read {
        Err(error) => Err(NotText::BrokenGzip(error.to_string())),
        Ok(length) if length as u64 > most => Err(NotText::TooLong),
        Ok(_) => Ok(text),
    }
}

/// Formats that are no text, by their first bytes.
fn other_format(bytes: &[u8]) -> Option<NotText> {
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(NotText::Archive("tar"));
    }
    let formats: [(&[u8], NotText); 6] = [
        (b"PK\x03\x04", NotText::Archive("zip")),
        (b"\x1f\x8b", NotText::Compressed("gzip, twice")),
        (b"\x28\xb5\x2f\xfd", NotText::Compressed("zstd")),
        (b"\xfd7zXZ\0", NotText::Compressed("xz")),
        (b"BZh", NotText::Compressed("bzip2")),
        (b"7z\xbc\xaf\x27\x1c", NotText::Archive("7z")),
    ];
    formats.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| what)
}

fn utf_8(bytes: Vec<u8>) -> Result<String, NotText> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count();
        NotText::Undecodable { line: lines + 1 }
    })
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(NotText::Undecodable { line: text.matches('\n').count() + 1 }),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(NotText::Undecodable { line: text.matches('\n').count() + 1 }) }
}
