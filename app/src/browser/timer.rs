//! A timeout and an animation frame that are cancelled when they are dropped.

use futures::channel::oneshot;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;

// The handles stay values of JavaScript: an i32 does not hold those of a clock that a test controls, and what is not cancelled runs after it
// was dropped.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &Closure<dyn FnMut()>, ms: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue);
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(run: &Closure<dyn FnMut()>) -> JsValue;
    #[wasm_bindgen(js_name = cancelAnimationFrame)]
    fn cancel_animation_frame(handle: &JsValue);
}

/// A function that runs once, later.
pub struct Timeout {
    handle: JsValue,
    _run: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Runs `run` after `ms` milliseconds.
    pub fn new(ms: i32, run: impl FnOnce() + 'static) -> Self {
        let run = Closure::once(run);
        Self { handle: set_timeout(&run, ms), _run: run }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}

/// Waits for some seconds.
pub async fn after(seconds: u32) {
    let (done, waited) = oneshot::channel();
    let ms = i32::try_from(seconds.saturating_mul(1000)).unwrap_or(i32::MAX);
    let _timeout = Timeout::new(ms, move || {
        let _ = done.send(());
    });
    // The sender is not dropped before it sends: this function keeps the timeout.
    let _ = waited.await;
}

/// A function that runs once, when the next animation frame begins.
pub struct Frame {
    handle: JsValue,
    _run: Closure<dyn FnMut()>,
}

impl Frame {
    /// Runs `run` with the next frame. A hidden tab has no frames.
    pub fn request(run: impl FnOnce() + 'static) -> Self {
        let run = Closure::once(run);
        Self { handle: request_animation_frame(&run), _run: run }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        cancel_animation_frame(&self.handle);
    }
}
