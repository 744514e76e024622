/// `GET /livez` and `GET /readyz`: the server is ready as soon as it listens; a cluster that is down does not make it unready,
/// because the page then says so.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}
