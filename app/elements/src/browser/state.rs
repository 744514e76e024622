//! What is shown: nodes of the document, and what is needed to change them.

use std::borrow::Cow;

use leptos::prelude::{self as base, Mountable, Render};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;
use web_sys::{Comment, Node, Text};

use super::attribute;
use super::element::Element;
use super::view::{AnyView, Following};

/// A view that has been made.
pub enum State {
    /// Nothing: a comment is at its place.
    Nothing(Comment),
    /// A text.
    Text(Text, Cow<'static, str>),
    /// An element that never changes.
    Inert(web_sys::Element, &'static str),
    /// An element.
    Element(Box<ElementState>),
    /// Views in a row; a comment is after them.
    Many(Vec<State>, Comment),
    /// What a function made last.
    Following(RenderEffect<State>),
    /// A view of Leptos's own.
    Other(Box<AnyViewState>),
    /// What was taken down.
    Gone,
}

/// An element that has been made.
pub struct ElementState {
    node: web_sys::Element,
    tag: &'static str,
    svg: bool,
    attributes: Vec<attribute::State>,
    children: Vec<State>,
}

const SVG: &str = "http://www.w3.org/2000/svg";

#[expect(clippy::expect_used, reason = "a page has a document, and every name of an element here is one")]
fn create(tag: &str, svg: bool) -> web_sys::Element {
    let document = base::document();
    let made = if svg { document.create_element_ns(Some(SVG), tag) } else { document.create_element(tag) };
    made.expect("a valid name")
}

fn comment() -> Comment {
    base::document().create_comment("")
}

/// An element from its HTML.
#[expect(clippy::expect_used, reason = "the macro writes one whole element")]
fn inert(html: &str, svg: bool) -> web_sys::Element {
    let around: web_sys::Element = if svg { create("svg", true) } else { create("template", false) };
    around.set_inner_html(html);
    let made = match around.dyn_ref::<web_sys::HtmlTemplateElement>() {
        Some(template) => template.content().first_element_child(),
        None => around.first_element_child(),
    };
    made.expect("an element")
}

impl State {
    /// Makes a view.
    pub fn build(view: AnyView) -> Self {
        match view {
            AnyView::Nothing => Self::Nothing(comment()),
            AnyView::Text(text) => Self::Text(base::document().create_text_node(&text), text),
            AnyView::Inert(html, svg) => Self::Inert(inert(html, svg), html),
            AnyView::Element(element) => Self::Element(Box::new(ElementState::build(*element))),
            AnyView::Row(views) | AnyView::Many(views) => {
                Self::Many(views.into_iter().map(Self::build).collect(), comment())
            }
            AnyView::Following(make) => Self::follow(make),
            AnyView::Other(view) => Self::Other(Box::new(view.build())),
        }
    }

    fn follow(mut make: Following<AnyView>) -> Self {
        let act: Box<dyn FnMut(Option<Self>) -> Self> = Box::new(move |state| match (make(), state) {
            (view, None) => Self::build(view),
            (view, Some(mut state)) => {
                state.rebuild(view);
                state
            }
        });
        Self::Following(RenderEffect::new(act))
    }

    /// Stops following, at once, all that it and its parts follow; its nodes are in no document any more.
    ///
    /// A [`RenderEffect`] alone would not: its task holds what it made until the task is polled again, and until then the effects
    /// within run, and read what their owner has already disposed of.
    fn stop(self) {
        match self {
            Self::Element(element) => element.stop(),
            Self::Many(states, _) => states.into_iter().for_each(Self::stop),
            Self::Following(effect) => {
                let made = effect.take_value();
                drop(effect);
                made.into_iter().for_each(Self::stop);
            }
            // Leptos's own views lead to this crate's only in this way.
            Self::Other(mut state) => state.unmount(),
            Self::Nothing(_) | Self::Text(..) | Self::Inert(..) | Self::Gone => {}
        }
    }

    /// Becomes another view: by changing the nodes there are where both are alike, else by new ones.
    pub fn rebuild(&mut self, view: AnyView) {
        match (view, &mut *self) {
            (AnyView::Nothing, Self::Nothing(_)) => {}
            (AnyView::Text(new), Self::Text(node, old)) => {
                if *old != new {
                    node.set_data(&new);
                    *old = new;
                }
            }
            (AnyView::Inert(new, _), Self::Inert(_, old)) if *old == new => {}
            (AnyView::Element(new), Self::Element(old)) if old.tag == new.tag && old.svg == new.svg => {
                old.rebuild(*new)
            }
            (AnyView::Row(new) | AnyView::Many(new), Self::Many(old, after)) => {
                patch(old, new, &mut |state| {
                    put_before(after, state);
                });
            }
            (AnyView::Other(new), Self::Other(old)) => new.rebuild(old),
            (view, _) => {
                let mut new = Self::build(view);
                self.insert_before_this(&mut new);
                self.unmount();
                *self = new;
            }
        }
    }
}

/// Makes a row of views another one; what is new at its end is put there by `put`.
fn patch(old: &mut Vec<State>, new: Vec<AnyView>, put: &mut dyn FnMut(&mut State)) {
    old.drain(new.len().min(old.len())..).for_each(|mut gone| gone.unmount());
    let mut new = new.into_iter();
    for (state, view) in old.iter_mut().zip(new.by_ref()) {
        state.rebuild(view);
    }
    for view in new {
        let mut state = State::build(view);
        put(&mut state);
        old.push(state);
    }
}

fn put_before(node: &Node, child: &mut dyn Mountable) -> bool {
    let parent = node.parent_element();
    if let Some(parent) = &parent {
        child.mount(parent, Some(node));
    }
    parent.is_some()
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        drop(parent.remove_child(node));
    }
}

impl ElementState {
    fn build(element: Element) -> Self {
        let Element { tag, svg, attributes, children } = element;
        let node = create(tag, svg);
        let attributes = attributes.into_iter().map(|attribute| attribute.build(&node)).collect();
        let mut children: Vec<State> = children.into_iter().map(State::build).collect();
        children.iter_mut().for_each(|child| child.mount(&node, None));
        Self { node, tag, svg, attributes, children }
    }

    fn rebuild(&mut self, element: Element) {
        let node = &self.node;
        let new = element.attributes;
        // Of another place in the source: what one attribute takes away, another may have given.
        if self.attributes.len() != new.len() || !self.attributes.iter().zip(&new).all(|(state, new)| state.is_of(new))
        {
            self.attributes.drain(..).for_each(|gone| gone.remove(node));
        }
        let mut new = new.into_iter();
        for (state, attribute) in self.attributes.iter_mut().zip(new.by_ref()) {
            attribute.rebuild(node, state);
        }
        self.attributes.extend(new.map(|attribute| attribute.build(node)));
        patch(&mut self.children, element.children, &mut |state| state.mount(node, None));
    }

    fn stop(self) {
        drop(self.attributes);
        self.children.into_iter().for_each(State::stop);
    }
}

impl Mountable for State {
    /// Takes it down for good.
    fn unmount(&mut self) {
        match std::mem::replace(self, Self::Gone) {
            Self::Nothing(node) => remove(&node),
            Self::Text(node, _) => remove(&node),
            Self::Inert(node, _) => remove(&node),
            Self::Element(element) => {
                remove(&element.node);
                element.stop();
            }
            Self::Many(mut states, after) => {
                states.iter_mut().for_each(Self::unmount);
                remove(&after);
            }
            Self::Following(effect) => {
                let made = effect.take_value();
                drop(effect);
                made.into_iter().for_each(|mut state| state.unmount());
            }
            Self::Other(mut state) => state.unmount(),
            Self::Gone => {}
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        // It may fail only where the marker is no child of the parent: then there is no place to mount it at.
        let put = |node: &Node| drop(parent.insert_before(node, marker));
        match self {
            Self::Nothing(node) => put(node),
            Self::Text(node, _) => put(node),
            Self::Inert(node, _) => put(node),
            Self::Element(element) => put(&element.node),
            Self::Many(states, after) => {
                states.iter_mut().for_each(|state| state.mount(parent, marker));
                put(after);
            }
            Self::Following(effect) => drop(effect.with_value_mut(|state| state.mount(parent, marker))),
            Self::Other(state) => state.mount(parent, marker),
            Self::Gone => {}
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Nothing(node) => put_before(node, child),
            Self::Text(node, _) => put_before(node, child),
            Self::Inert(node, _) => put_before(node, child),
            Self::Element(element) => put_before(&element.node, child),
            Self::Many(states, after) => match states.first() {
                Some(first) => first.insert_before_this(child),
                None => put_before(after, child),
            },
            Self::Following(effect) => {
                effect.with_value_mut(|state| state.insert_before_this(child)).unwrap_or_default()
            }
            Self::Other(state) => state.insert_before_this(child),
            Self::Gone => false,
        }
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        match self {
            Self::Inert(node, _) => vec![node.clone()],
            Self::Element(element) => vec![element.node.clone()],
            Self::Many(states, _) => states.iter().flat_map(Self::elements).collect(),
            Self::Following(effect) => effect.with_value_mut(|state| state.elements()).unwrap_or_default(),
            Self::Other(state) => state.elements(),
            Self::Nothing(_) | Self::Text(..) | Self::Gone => Vec::new(),
        }
    }
}
