//! Continue tokens of lists.

use serde_json::{Value, json};

use crate::object::Key;
use crate::status::Status;
use crate::store::Cursor;

/// A continue token: the hexadecimal form of a small JSON array. It is opaque to clients, and needs no escaping in a URL.
pub(super) fn encode_cursor(cursor: &Cursor) -> Result<String, Status> {
    let Key { namespace, name } = &cursor.after;
    let plain = json!([cursor.version, **namespace, **name, cursor.remaining]);
    Ok(plain.to_string().bytes().map(|byte| format!("{byte:02x}")).collect())
}

/// Reads a continue token; `None` if it is not one of this API.
pub(super) fn decode_cursor(token: &str) -> Option<Cursor> {
    let digits: Option<Vec<u8>> = token.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes: Vec<u8> = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect();
    let plain: Value = serde_json::from_slice(&bytes).ok()?;
    Some(Cursor {
        version: plain[0].as_u64()?,
        after: Key::new(plain[1].as_str()?, plain[2].as_str()?),
        remaining: plain[3].as_u64().and_then(|remaining| usize::try_from(remaining).ok()),
    })
}
