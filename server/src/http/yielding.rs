//! Bodies that take turns. A body that is compressed while it is sent takes a processor for as long as its client reads; other connections of
//! the same thread would wait.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

/// Time after which a body lets others go first.
const TURN: Duration = Duration::from_micros(500);

/// A body that lets other tasks run after each turn.
struct Yielding {
    body: Body,
    /// When the present turn began.
    began: Option<Instant>,
}

/// Lets the response's body take turns with others.
pub(super) async fn in_turns(response: Response) -> Response {
    response.map(|body| Body::new(Yielding { body, began: None }))
}

impl HttpBody for Yielding {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let began = *self.began.get_or_insert_with(Instant::now);
        if began.elapsed() >= TURN {
            self.began = None;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if polled.is_pending() {
            self.began = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt, stream};

    use super::*;

    #[tokio::test]
    async fn a_long_body_lets_others_go_first() {
        let slow = stream::iter(0..5).map(|n: u8| {
            std::thread::sleep(TURN);
            Ok::<_, std::convert::Infallible>(Bytes::from(vec![n]))
        });
        let mut body = in_turns(Response::new(Body::from_stream(slow))).await.into_body().into_data_stream();
        let (mut read, mut turns) = (Vec::new(), 0);
        loop {
            match futures::poll!(body.next()) {
                Poll::Ready(Some(bytes)) => read.extend(bytes.unwrap()),
                Poll::Ready(None) => break,
                Poll::Pending => turns += 1,
            }
        }
        assert_eq!(read, [0, 1, 2, 3, 4]);
        assert!(turns >= 4, "{turns}");
    }
}
