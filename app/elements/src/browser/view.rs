//! What is to be shown, as a value.

use std::borrow::Cow;

use leptos::prelude as base;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState, add_attr::AddAnyAttr};

use super::element::Element;
use super::state::State;
use super::surface::tachys::view::iterators::StaticVec;

/// A function that is followed: called again whenever a value that it read is another.
pub type Following<T> = Box<dyn FnMut() -> T + Send>;

/// A function without arguments.
pub trait Follow {
    /// What it returns.
    type Output;

    /// Calls it.
    fn follow(&mut self) -> Self::Output;
}

impl<T, F: FnMut() -> T> Follow for F {
    type Output = T;

    fn follow(&mut self) -> T {
        self()
    }
}

/// Anything that can be shown.
pub enum AnyView {
    /// Nothing, at its place.
    Nothing,
    /// A text.
    Text(Cow<'static, str>),
    /// An element that never changes: its HTML, and whether it is SVG.
    Inert(&'static str, bool),
    /// An element.
    Element(Box<Element>),
    /// Views in a row, their number fixed by the source.
    Row(Vec<AnyView>),
    /// Views in a row.
    Many(Vec<AnyView>),
    /// What a function makes.
    Following(Following<AnyView>),
    /// A view of Leptos's own.
    Other(base::AnyView),
}

impl AnyView {
    pub(super) fn inert(html: &'static str, svg: bool) -> Self {
        Self::Inert(html, svg)
    }

    pub(super) fn many(views: Vec<Self>) -> Self {
        Self::Many(views)
    }

    /// As Leptos's: it marks nothing here.
    pub fn with_view_marker(self, _: &'static str) -> Self {
        self
    }
}

/// What may stand in braces in `view!`.
pub trait IntoRender {
    /// The view.
    fn into_render(self) -> AnyView;
}

/// Makes any view an [`AnyView`].
pub trait IntoAny {
    /// The view.
    fn into_any(self) -> AnyView;
}

impl<T: IntoRender> IntoAny for T {
    fn into_any(self) -> AnyView {
        self.into_render()
    }
}

/// As Leptos's, which the macros call.
pub trait IntoMaybeErased {
    /// The view.
    fn into_maybe_erased(self) -> AnyView;
}

impl<T: IntoRender> IntoMaybeErased for T {
    fn into_maybe_erased(self) -> AnyView {
        self.into_render()
    }
}

/// What `view!` wraps its outermost view in: nothing, here.
pub struct View;

impl View {
    /// The view.
    #[expect(clippy::new_ret_no_self, reason = "as the macro calls it")]
    pub fn new(view: impl IntoRender) -> AnyView {
        view.into_render()
    }
}

impl IntoRender for AnyView {
    fn into_render(self) -> AnyView {
        self
    }
}

impl IntoRender for base::AnyView {
    fn into_render(self) -> AnyView {
        AnyView::Other(self)
    }
}

impl IntoRender for Element {
    fn into_render(self) -> AnyView {
        AnyView::Element(Box::new(self))
    }
}

impl IntoRender for StaticVec {
    fn into_render(self) -> AnyView {
        AnyView::Row(self.0)
    }
}

impl IntoRender for () {
    fn into_render(self) -> AnyView {
        AnyView::Nothing
    }
}

impl IntoRender for &'static str {
    fn into_render(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoRender for String {
    fn into_render(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoRender for Cow<'static, str> {
    fn into_render(self) -> AnyView {
        AnyView::Text(self)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl IntoRender for $number {
            fn into_render(self) -> AnyView {
                AnyView::Text(self.to_string().into())
            }
        })*
    };
}
numbers!(i32 i64 u16 u32 u64 usize f64 char);

impl<T: IntoRender> IntoRender for Option<T> {
    fn into_render(self) -> AnyView {
        self.map_or(AnyView::Nothing, T::into_render)
    }
}

impl<T: IntoRender> IntoRender for Vec<T> {
    fn into_render(self) -> AnyView {
        AnyView::Many(self.into_iter().map(T::into_render).collect())
    }
}

impl<F: Follow<Output: IntoRender> + Send + 'static> IntoRender for F {
    fn into_render(mut self) -> AnyView {
        AnyView::Following(Box::new(move || self.follow().into_render()))
    }
}

impl base::Render for AnyView {
    type State = State;

    fn build(self) -> State {
        State::build(self)
    }

    fn rebuild(self, state: &mut State) {
        state.rebuild(self);
    }
}

impl AddAnyAttr for AnyView {
    type Output<A: Attribute> = Self;

    /// A component is given no attributes from outside.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

/// A page in the browser is never written as HTML, nor is it hydrated.
impl base::RenderHtml for AnyView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> State {
        State::build(self)
    }

    fn into_owned(self) -> Self {
        self
    }
}
