//! Bounds of what is read of one answer: whoever answers may send without end, or much out of a little (a compressed body is counted after it
//! was decompressed).

use std::fmt;
use std::time::Duration;

use axum::Error;
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

/// Maximum size of an answer that is not a watch's, in bytes. It is held about three times until it is decoded. A page of a list that is larger
/// is asked for again with fewer objects.
pub(crate) const MAX_ANSWER_BYTES: usize = 16 << 20;
/// Maximum size of an event of a watch, in bytes: an object has 1.5 MB at most (etcd), unless that was changed.
pub(super) const MAX_EVENT_BYTES: usize = 8 << 20;
/// Number of bytes that are read of a refusal, which is a sentence.
pub(super) const MAX_REFUSAL_BYTES: usize = 64 << 10;
/// Time limit for the body of a refusal.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(10);

/// An answer or an event is larger than this number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub usize);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {} MB", self.0 >> 20)
    }
}

impl std::error::Error for TooLarge {}

/// A body that fails when it turns out to be too large.
pub(super) fn answer(body: Body) -> Result<Body, TooLarge> {
    if body.size_hint().lower() > MAX_ANSWER_BYTES as u64 {
        return Err(TooLarge(MAX_ANSWER_BYTES));
    }
    let bounded = body.into_data_stream().scan(0, |read, piece| {
        let piece = piece.and_then(|bytes: Bytes| {
            *read += bytes.len();
            if *read > MAX_ANSWER_BYTES { Err(Error::new(TooLarge(MAX_ANSWER_BYTES))) } else { Ok(bytes) }
        });
        std::future::ready(Some(piece))
    });
    Ok(Body::from_stream(bounded))
}

/// The beginning of the body of a refusal: what comes in time, and is not too large.
pub(super) fn refusal(body: Body) -> Body {
    Body::from_stream(beginning(body))
}

fn beginning(body: Body) -> impl Stream<Item = Result<Bytes, Error>> {
    let start = (body.into_data_stream(), MAX_REFUSAL_BYTES, Instant::now() + REFUSAL_TIMEOUT);
    stream::unfold(start, async |(mut body, more, end)| {
        if more == 0 {
            return None;
        }
        // What broke off is a refusal too.
        let Ok(Some(Ok(mut bytes))) = timeout_at(end, body.next()).await else { return None };
        bytes.truncate(more);
        let more = more - bytes.len();
        Some((Ok(bytes), (body, more, end)))
    })
}
