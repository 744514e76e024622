//! One change of a row.

use super::key::{Kind, ObjectKey};
use super::row::{Row, push_json};

/// One change of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The row was added or changed to this.
    Put(Row),
    /// The row was deleted.
    Delete(Kind, ObjectKey),
}

impl Change {
    /// The kind and key of the row that changes.
    pub fn target(&self) -> (Kind, ObjectKey) {
        match self {
            Self::Put(row) => (row.kind(), row.key()),
            Self::Delete(kind, key) => (*kind, key.clone()),
        }
    }

    /// The new row; `None` if it was deleted.
    pub fn row(&self) -> Option<&Row> {
        match self {
            Self::Put(row) => Some(row),
            Self::Delete(..) => None,
        }
    }

    /// Appends the change as JSON: `{op,kind,key,row}`. `row` is null if the row was deleted.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let (op, (kind, key)) = (if matches!(self, Self::Put(_)) { "put" } else { "del" }, self.target());
        out.extend_from_slice(b"{\"op\":\"");
        out.extend_from_slice(op.as_bytes());
        out.extend_from_slice(b"\",\"kind\":\"");
        out.extend_from_slice(kind.as_str().as_bytes());
        out.extend_from_slice(b"\",\"key\":");
        push_json(out, &key.to_string());
        out.extend_from_slice(b",\"row\":");
        match self {
            Self::Put(row) => row.write_json(out),
            Self::Delete(..) => out.extend_from_slice(b"null"),
        }
        out.push(b'}');
    }
}
