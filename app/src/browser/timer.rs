//! A timeout and an animation frame that are cancelled when they are dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window::window;

/// A function that runs once, later.
pub struct Timeout {
    id: Option<i32>,
    _run: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Runs `run` after `ms` milliseconds.
    pub fn new(ms: i32, run: impl FnOnce() + 'static) -> Self {
        let run = Closure::once(run);
        let callback = run.as_ref().unchecked_ref();
        let id = window().and_then(|w| w.set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms).ok());
        Self { id, _run: run }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (window(), self.id) {
            window.clear_timeout_with_handle(id);
        }
    }
}

/// A function that runs once, when the next animation frame begins.
pub struct Frame {
    id: Option<i32>,
    _run: Closure<dyn FnMut()>,
}

impl Frame {
    /// Runs `run` with the next frame. A hidden tab has no frames.
    pub fn request(run: impl FnOnce() + 'static) -> Self {
        let run = Closure::once(run);
        let id = window().and_then(|w| w.request_animation_frame(run.as_ref().unchecked_ref()).ok());
        Self { id, _run: run }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (window(), self.id) {
            // Fails only for a window that has no frames.
            let _cancelled = window.cancel_animation_frame(id);
        }
    }
}
