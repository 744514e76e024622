//! The picture as a PNG, which the browser draws from the server's SVG.

use js_sys::JsString;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url};

use super::window::document;

/// Number of pixels per px of the picture, as on a dense screen.
const DENSITY: f64 = 2.0;
/// Maximum side of a canvas that every browser draws, in pixels.
const MAX_CANVAS_SIDE: f64 = 8192.0;

/// Draws the SVG at an address, and downloads it as a PNG.
pub fn png(address: String, name: &'static str, failed: impl Fn() + 'static) {
    spawn_local(async move {
        if let Err(error) = draw(&address, name).await {
            web_sys::console::warn_1(&error);
            failed();
        }
    });
}

async fn draw(address: &str, name: &'static str) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = DENSITY.min(MAX_CANVAS_SIDE / width.max(height));
    let document = document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width * scale, height * scale)?;
    let save = Closure::once_into_js(move |blob: JsValue| {
        // The browser gives no blob for a picture that is too large.
        let Ok(blob) = blob.dyn_into::<Blob>() else { return };
        if let Err(error) = save(&blob, name) {
            web_sys::console::warn_1(&error);
        }
    });
    canvas.to_blob(save.unchecked_ref())
}

fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let document = document().ok_or_else(|| JsString::from("no document"))?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    let url = Url::create_object_url_with_blob(blob)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
