//! One element: its name, its attributes, its children.

use leptos::html::ElementType;
use leptos::tachys::html::event::EventDescriptor;
use leptos::tachys::html::node_ref::NodeRefContainer;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Event;

use super::attribute::{Attribute, IntoAttributeValue, Name};
use super::view::{AnyView, Follow, IntoRender};

/// An element that is to be made.
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<AnyView>,
}

/// What may stand after `class=`, or after `class:name=` with the name before it.
pub trait IntoClass {
    /// The attribute.
    fn into_class(self) -> Attribute;
}

macro_rules! whole_class {
    ($($text:ty)*) => {
        $(impl IntoClass for $text {
            fn into_class(self) -> Attribute {
                Attribute::Valued(Name::attribute("class"), self.into_attribute_value())
            }
        })*
    };
}
whole_class!(&'static str String Option<&'static str>);

impl<F: Follow<Output: IntoAttributeValue> + Send + 'static> IntoClass for F {
    fn into_class(self) -> Attribute {
        Attribute::Valued(Name::attribute("class"), self.into_attribute_value())
    }
}

impl<T: IntoAttributeValue> IntoClass for (&'static str, T) {
    fn into_class(self) -> Attribute {
        Attribute::Valued(Name::class(self.0), self.1.into_attribute_value())
    }
}

/// The attributes that the macro calls by name.
macro_rules! attributes {
    ($($method:ident $name:literal)*) => {
        $(
            /// Gives it this attribute.
            pub fn $method(self, value: impl IntoAttributeValue) -> Self {
                self.attr($name, value)
            }
        )*
    };
}

impl Element {
    pub(super) fn new(tag: &'static str, svg: bool) -> Self {
        Self { tag, svg, attributes: Vec::new(), children: Vec::new() }
    }

    fn give(mut self, attribute: Attribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// Puts a child after those it has.
    pub fn child(mut self, child: impl IntoRender) -> Self {
        match child.into_render() {
            AnyView::Row(all) => self.children.extend(all),
            child => self.children.push(child),
        }
        self
    }

    /// Gives it an attribute.
    pub fn attr(self, name: &'static str, value: impl IntoAttributeValue) -> Self {
        self.give(Attribute::Valued(Name::attribute(name), value.into_attribute_value()))
    }

    /// Gives it classes, or one class under a condition.
    pub fn class(self, class: impl IntoClass) -> Self {
        self.give(class.into_class())
    }

    /// Sets a property.
    pub fn prop(self, name: &'static str, value: impl IntoAttributeValue) -> Self {
        self.give(Attribute::Valued(Name::property(name), value.into_attribute_value()))
    }

    /// Makes HTML its content.
    pub fn inner_html(self, html: impl IntoAttributeValue) -> Self {
        self.give(Attribute::Valued(Name::inner_html(), html.into_attribute_value()))
    }

    /// Calls a function at an event.
    pub fn on<E>(self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        let handler: Box<dyn FnMut(Event)> = Box::new(move |event| handler(event.unchecked_into()));
        self.give(Attribute::On(event.name(), SendWrapper::new(handler)))
    }

    /// Tells a reference of the element.
    pub fn node_ref<E: ElementType>(self, to: impl NodeRefContainer<E>) -> Self {
        self.give(Attribute::Ref(Box::new(move |element| to.load(element))))
    }

    attributes! {
        aria_activedescendant "aria-activedescendant" aria_autocomplete "aria-autocomplete" aria_checked "aria-checked"
        aria_controls "aria-controls" aria_current "aria-current" aria_describedby "aria-describedby"
        aria_expanded "aria-expanded" aria_haspopup "aria-haspopup" aria_hidden "aria-hidden" aria_invalid "aria-invalid"
        aria_keyshortcuts "aria-keyshortcuts" aria_label "aria-label" aria_labelledby "aria-labelledby" aria_live "aria-live"
        aria_modal "aria-modal" aria_pressed "aria-pressed" aria_selected "aria-selected" aria_atomic "aria-atomic"
        action "action" autocapitalize "autocapitalize" autocomplete "autocomplete" autofocus "autofocus" checked "checked" colspan "colspan" datetime "datetime"
        dir "dir" disabled "disabled" download "download" enterkeyhint "enterkeyhint" r#for "for" height "height" hidden "hidden"
        href "href" hreflang "hreflang" id "id" inputmode "inputmode" label "label" lang "lang" list "list" maxlength "maxlength" method "method" name "name"
        open "open" placeholder "placeholder" rel "rel" role "role" scope "scope" spellcheck "spellcheck" style "style"
        tabindex "tabindex" target "target" title "title" translate "translate" r#type "type" value "value" width "width"
    }
}
