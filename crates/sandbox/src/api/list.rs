//! GET: one object, a list, or the start of a watch.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};
use futures::stream;
use serde_json::json;

use super::cursor::encode_cursor;
use super::query::VersionMatch;
use super::response::json;
use super::target::Call;
use super::watch;
use crate::object::Object;
use crate::resources::Resource;
use crate::status::Status;
use crate::store::{Page, Store};

/// Number of items in one chunk of a list's body, which is encoded while it is sent.
const ITEMS_PER_CHUNK: usize = 256;

pub(crate) async fn read(State(store): State<Store>, call: Result<Call, Status>) -> Result<Response, Status> {
    let call = call?;
    if call.options.watch {
        return watch::start(store, &call);
    }
    let target = &call.target;
    if let Some(name) = &target.name {
        let object = store.object(target.resource, target.namespace(), name);
        let object = object.ok_or_else(|| Status::not_found(target.resource, name))?;
        return Ok(json(Body::from(object.json().clone())));
    }
    let options = &call.options;
    let version = match (options.version, options.version_match) {
        (Some(version), VersionMatch::Exact) => Some(version),
        (Some(version), _) if version > store.resource_version() => {
            return Err(Status::version_too_large(version, store.resource_version()));
        }
        _ => None,
    };
    let limit = options.limit.unwrap_or(usize::MAX);
    let page = store.page(target.resource, &call.selector()?, version, options.cursor.as_ref(), limit)?;
    list(target.resource, page)
}

/// Writes a page as a list, chunk by chunk, so that a full list is never in memory a second time.
fn list(resource: &'static Resource, page: Page) -> Result<Response, Status> {
    let mut metadata = json!({"resourceVersion": page.version.to_string()});
    if let Some(next) = &page.next {
        metadata["continue"] = encode_cursor(next)?.into();
        if let Some(remaining) = next.remaining {
            metadata["remainingItemCount"] = remaining.into();
        }
    }
    let (kind, api_version) = (resource.kind, resource.api_version());
    let head = format!(r#"{{"kind":"{kind}List","apiVersion":"{api_version}","metadata":{metadata},"items":["#);

    let start = (Some(head), page.items.into_iter().peekable());
    let pieces = stream::unfold(start, async |(head, mut items)| {
        if head.is_none() && items.peek().is_none() {
            return None;
        }
        let mut piece = BytesMut::new();
        let first = head.is_some();
        piece.put_slice(head.unwrap_or_default().as_bytes());
        for (place, item) in items.by_ref().take(ITEMS_PER_CHUNK).enumerate() {
            if !first || place > 0 {
                piece.put_u8(b',');
            }
            Object::put_item(&item, &mut piece);
        }
        if items.peek().is_none() {
            piece.put_slice(b"]}\n");
        }
        Some((Ok::<Bytes, Infallible>(piece.freeze()), (None, items)))
    });
    Ok(json(Body::from_stream(pieces)))
}
