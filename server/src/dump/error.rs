//! What is wrong with files, as a value.

use std::fmt;

use topology::cluster::key::{Kind, ObjectKey};
use words::{Language, Words};
use yaml::ManifestError;

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

    /// An error after its position.
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
        words.error_in_parameter(place, error)
    }
}

impl DumpError {
    /// The position of what is wrong; `None` if the file cannot be read.
    pub fn position(&self) -> Option<FilePosition> {
        match self {
            Self::Unreadable { .. } => None,
            Self::Undecodable(error) => Some(FilePosition::of(error)),
            Self::Repeated(repeated) => Some(repeated.second.clone()),
        }
    }

    /// What is wrong, for a reader of this language. What the system and the parser say is in English.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Unreadable { file, error } => words.file_unreadable(file, error.to_string()),
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
