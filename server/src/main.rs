//! A stand-in until the real server exists: serves the page and the site.
use axum::{Router, routing::get};
use leptos::prelude::LeptosOptions;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = LeptosOptions::builder().output_name("kubehop").site_pkg_dir("pkg").build();
    let mut args = std::env::args().skip_while(|arg| arg != "--listen").skip(1);
    let listen = args.next().unwrap_or_else(|| "127.0.0.1:3000".into());
    let page = leptos_axum::render_app_to_stream(move || app::shell(options.clone()));
    let router = Router::new().route("/", get(page)).merge(server::site::routes());
    let listener = tokio::net::TcpListener::bind(listen).await?;
    println!("kubehop: listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
