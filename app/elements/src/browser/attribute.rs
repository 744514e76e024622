//! Attributes, properties, classes and listeners of an element.

use std::borrow::Cow;

use leptos::prelude::Owner;
use leptos::reactive::effect::RenderEffect;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event};

use super::view::{Follow, Following};

/// What an attribute is given.
#[derive(Clone, PartialEq, Eq)]
pub enum Plain {
    /// Nothing: it is left out.
    Nothing,
    /// There or not, without a text.
    Flag(bool),
    /// A text.
    Text(Cow<'static, str>),
}

/// The value of an attribute.
pub enum Value {
    /// One that stays.
    Plain(Plain),
    /// What a function says now, and each time that it says something else.
    Following(Following<Value>),
}

impl Value {
    /// What it is now.
    fn plain(mut self) -> Plain {
        loop {
            match self {
                Self::Plain(plain) => return plain,
                Self::Following(mut make) => self = make(),
            }
        }
    }
}

/// What may be an attribute's value.
pub trait IntoAttributeValue {
    /// The value.
    fn into_attribute_value(self) -> Value;
}

impl IntoAttributeValue for Value {
    fn into_attribute_value(self) -> Value {
        self
    }
}

impl IntoAttributeValue for bool {
    fn into_attribute_value(self) -> Value {
        Value::Plain(Plain::Flag(self))
    }
}

impl IntoAttributeValue for &'static str {
    fn into_attribute_value(self) -> Value {
        Value::Plain(Plain::Text(self.into()))
    }
}

impl IntoAttributeValue for String {
    fn into_attribute_value(self) -> Value {
        Value::Plain(Plain::Text(self.into()))
    }
}

impl IntoAttributeValue for Cow<'static, str> {
    fn into_attribute_value(self) -> Value {
        Value::Plain(Plain::Text(self))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl IntoAttributeValue for $number {
            fn into_attribute_value(self) -> Value {
                Value::Plain(Plain::Text(self.to_string().into()))
            }
        })*
    };
}
numbers!(i32 i64 u16 u32 u64 usize f64);

impl<T: IntoAttributeValue> IntoAttributeValue for Option<T> {
    fn into_attribute_value(self) -> Value {
        self.map_or(Value::Plain(Plain::Nothing), T::into_attribute_value)
    }
}

impl<F: Follow<Output: IntoAttributeValue> + Send + 'static> IntoAttributeValue for F {
    fn into_attribute_value(mut self) -> Value {
        Value::Following(Box::new(move || self.follow().into_attribute_value()))
    }
}

/// What an attribute of an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An attribute.
    Attribute,
    /// One class among others, there or not.
    Class,
    /// A property of the element.
    Property,
    /// The element's content, as HTML.
    InnerHtml,
}

type Handler = Box<dyn FnMut(Event)>;

/// An attribute that an element is to have.
pub enum Attribute {
    /// A name and a value.
    Valued(Name, Value),
    /// What is called at an event.
    On(Cow<'static, str>, SendWrapper<Handler>),
    /// What is told of the element.
    Ref(Box<dyn FnOnce(&Element) + Send>),
}

/// What an attribute's value is given to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name(Kind, &'static str);

impl Name {
    /// An attribute.
    pub fn attribute(name: &'static str) -> Self {
        Self(Kind::Attribute, name)
    }

    /// A class.
    pub fn class(name: &'static str) -> Self {
        Self(Kind::Class, name)
    }

    /// A property.
    pub fn property(name: &'static str) -> Self {
        Self(Kind::Property, name)
    }

    /// The content.
    pub fn inner_html() -> Self {
        Self(Kind::InnerHtml, "")
    }

    /// Gives an element a value. What the page itself writes is always a valid name, so no error can come back.
    fn set(self, element: &Element, value: &Plain) {
        let Self(kind, name) = self;
        match (kind, value) {
            (Kind::Attribute, Plain::Text(text)) => drop(element.set_attribute(name, text)),
            (Kind::Attribute, Plain::Flag(true)) => drop(element.set_attribute(name, "")),
            (Kind::Attribute, _) => drop(element.remove_attribute(name)),
            (Kind::Class, value) => {
                let there = matches!(value, Plain::Flag(true));
                drop(element.class_list().toggle_with_force(name, there));
            }
            (Kind::Property, value) => {
                let value = match value {
                    Plain::Text(text) => JsValue::from_str(text),
                    Plain::Flag(flag) => JsValue::from_bool(*flag),
                    Plain::Nothing => JsValue::from_str(""),
                };
                drop(js_sys::Reflect::set(element, &JsValue::from_str(name), &value));
            }
            (Kind::InnerHtml, Plain::Text(html)) => element.set_inner_html(html),
            (Kind::InnerHtml, _) => element.set_inner_html(""),
        }
    }

    /// Gives an element a value, if it is another than before, and returns it.
    fn change(self, element: &Element, before: Option<Plain>, value: Plain) -> Plain {
        let same = match &before {
            // A reader may have changed a property.
            _ if self.0 == Kind::Property => false,
            // A new element has no attributes.
            None => matches!(value, Plain::Nothing | Plain::Flag(false)),
            Some(before) => *before == value,
        };
        if !same {
            self.set(element, &value);
        }
        value
    }
}

/// An attribute that an element has.
pub enum State {
    /// A value.
    Given(Name, Plain),
    /// What a function said last.
    Following(Name, RenderEffect<Plain>),
    /// A listener.
    On(Cow<'static, str>, Closure<dyn FnMut(Event)>),
    /// The element was told of.
    Told,
}

impl Attribute {
    /// Gives it to an element.
    pub fn build(self, element: &Element) -> State {
        match self {
            Self::Valued(name, Value::Plain(value)) => State::Given(name, name.change(element, None, value)),
            Self::Valued(name, Value::Following(make)) => follow(name, make, element, None),
            Self::On(event, handler) => {
                let (owner, mut handler) = (Owner::current(), handler.take());
                let call: Handler = Box::new(move |event| {
                    // What a handler reads it does not follow, and Leptos does not warn of it.
                    #[cfg(debug_assertions)]
                    let _zone = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
                    match &owner {
                        Some(owner) => owner.with(|| handler(event)),
                        None => handler(event),
                    }
                });
                let call = Closure::wrap(call);
                drop(element.add_event_listener_with_callback(&event, call.as_ref().unchecked_ref()));
                State::On(event, call)
            }
            Self::Ref(tell) => {
                tell(element);
                State::Told
            }
        }
    }

    /// Gives it to an element in place of one of the same name.
    pub fn rebuild(self, element: &Element, state: &mut State) {
        let old = std::mem::replace(state, State::Told);
        *state = match (self, old) {
            (Self::Valued(name, value), State::Given(before, given)) if before == name => match value {
                Value::Plain(value) => State::Given(name, name.change(element, Some(given), value)),
                Value::Following(make) => follow(name, make, element, Some(given)),
            },
            (Self::Valued(name, value), State::Following(before, effect)) if before == name => {
                let given = effect.take_value();
                drop(effect);
                match value {
                    Value::Plain(value) => State::Given(name, name.change(element, given, value)),
                    Value::Following(make) => follow(name, make, element, given),
                }
            }
            (new, old) => {
                old.remove(element);
                new.build(element)
            }
        };
    }
}

fn follow(name: Name, mut make: Following<Value>, element: &Element, given: Option<Plain>) -> State {
    let (element, mut given) = (element.clone(), given);
    let act: Box<dyn FnMut(Option<Plain>) -> Plain> =
        Box::new(move |before| name.change(&element, before.or_else(|| given.take()), make().plain()));
    State::Following(name, RenderEffect::new(act))
}

impl State {
    /// Whether it is of the same name as an attribute that is to be given.
    pub fn is_of(&self, attribute: &Attribute) -> bool {
        match (self, attribute) {
            (Self::Given(own, _) | Self::Following(own, _), Attribute::Valued(name, _)) => own == name,
            (Self::On(own, _), Attribute::On(event, _)) => own == event,
            (Self::Told, Attribute::Ref(_)) => true,
            _ => false,
        }
    }

    /// Takes the attribute away.
    pub fn remove(self, element: &Element) {
        match self {
            Self::Given(name, _) | Self::Following(name, _) => name.set(element, &Plain::Nothing),
            Self::On(event, call) => {
                drop(element.remove_event_listener_with_callback(&event, call.as_ref().unchecked_ref()));
            }
            Self::Told => {}
        }
    }
}
