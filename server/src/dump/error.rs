//! What is wrong with files, as a value.

use std::fmt;

use topology::cluster::key::{Kind, ObjectKey};
use words::{Language, Words};
use yaml::{ManifestError, OtherText};

use super::source::NotText;
use crate::printable;

/// Why files are no cluster.
#[derive(Debug)]
pub enum DumpError {
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The bytes of a file are no text.
    NotText {
        /// The file.
        file: String,
        /// What they are.
        what: NotText,
    },
    /// A directory has no file that is read.
    EmptyDirectory {
        /// The directory.
        directory: String,
    },
    /// There is no object in the files.
    NoObjects {
        /// The files.
        files: Vec<String>,
    },
    /// A file has no objects, but something that people take for objects.
    OtherText {
        /// The position where that was seen.
        position: FilePosition,
        /// What it is.
        what: OtherText,
    },
    /// Something in a file does not decode; the error says where.
    Undecodable(Box<ManifestError>),
    /// Two objects of one kind and name differ.
    Repeated(Box<RepeatedObject>),
}

/// An object that is in the files twice, and not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedObject {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace and name.
    pub key: ObjectKey,
    /// The position of the second object.
    pub second: FilePosition,
    /// The position of the first object.
    pub first: FilePosition,
}

/// A position in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The file.
    pub file: String,
    /// The number of the document, from 1.
    pub document: Option<usize>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column, from 1.
    pub column: Option<u64>,
    /// The path of the field, or of the item of a list.
    pub field: Option<String>,
}

impl FilePosition {
    /// The position of an error.
    pub(super) fn of(error: &ManifestError) -> Self {
        let ManifestError { source_name, document, line, column, field, message: _ } = error;
        Self { file: source_name.clone(), document: *document, line: *line, column: *column, field: field.clone() }
    }

    /// An error after its position, in one line.
    fn with_error(&self, error: String, words: &Words) -> String {
        let parts = [
            self.document.map(|document| words.file_document(document)),
            self.line.map(|line| words.file_line(line)),
            self.column.map(|column| words.file_column(column)),
        ];
        let place = parts.into_iter().flatten().fold(self.file.clone(), |place, part| words.file_place(place, part));
        let error = match &self.field {
            Some(field) => words.error_in_parameter(field, error),
            None => error,
        };
        printable::line(&words.error_in_parameter(place, error)).into_owned()
    }
}

impl DumpError {
    /// The position of what is wrong; `None` if no file could be read as text, or none has an object.
    pub fn position(&self) -> Option<FilePosition> {
        match self {
            Self::Unreadable { .. } | Self::NotText { .. } | Self::EmptyDirectory { .. } | Self::NoObjects { .. } => {
                None
            }
            Self::OtherText { position, .. } => Some(position.clone()),
            Self::Undecodable(error) => Some(FilePosition::of(error)),
            Self::Repeated(repeated) => Some(repeated.second.clone()),
        }
    }

    /// What is wrong, for a reader of this language. What the system and the parser say is in English.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Unreadable { file, error } => words.file_unreadable(file, error.to_string()),
            Self::NotText { file, what } => words.error_in_parameter(file, what.text(words)),
            Self::EmptyDirectory { directory } => words.file_empty_directory(directory),
            Self::NoObjects { files } => words.file_no_objects(words.list(files)),
            Self::OtherText { position, what } => position.with_error(other_text(*what, words), words),
            Self::Undecodable(error) => manifest_error(error, words),
            Self::Repeated(repeated) => {
                let RepeatedObject { kind, key, second, first } = &**repeated;
                let line = first.line.unwrap_or_default();
                let error = words.file_repeated_object(kind.as_str(), key.to_string(), &first.file, line);
                second.with_error(error, words)
            }
        }
    }
}

/// What a text is that has no objects, and what to do.
pub(crate) fn other_text(what: OtherText, words: &Words) -> String {
    match what {
        OtherText::KubectlTable => words.file_kubectl_table(),
        OtherText::KubectlDescription => words.file_kubectl_description(),
        OtherText::HelmTemplate => words.file_helm_template(),
        OtherText::HelmChart => words.file_helm_chart(),
        OtherText::Kustomization => words.file_kustomization(),
    }
}

/// Why a text is no list of objects: the position in this language, and the words of the parser.
pub(crate) fn manifest_error(error: &ManifestError, words: &Words) -> String {
    FilePosition::of(error).with_error(error.message.clone(), words)
}

/// In English.
impl fmt::Display for DumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}

impl std::error::Error for DumpError {}
