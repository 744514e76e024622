//! Leptos's signals, their values behind one type.
//!
//! Leptos compiles a signal's whole machinery once for each type of value, and an effect's once for each function: some 3 kB each,
//! for two hundred of them. Here a value is behind an `Arc<dyn Any>` and a function in a box, so that it is compiled once: the page is
//! a fifth smaller. Names and methods are Leptos's own. What is read is the value as it was then: a guard of it locks nothing.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

#[cfg(feature = "browser")]
use leptos::Value;
#[cfg(not(feature = "browser"))]
use leptos::attr::AttributeValue;
use leptos::prelude as base;
#[cfg(feature = "browser")]
use leptos::prelude::AnyView;
#[cfg(not(feature = "browser"))]
use leptos::prelude::Render;
use leptos::prelude::{
    Get, GetUntracked, IntoAttributeValue, IntoRender, Notify, Set, SetValue, Track, Update, UpdateValue, WithValue,
};
use leptos::reactive::graph::{Source, ToAnySource};

type Erased = Arc<dyn Any + Send + Sync>;

/// A value that was read.
pub struct Ref<T>(Arc<T>);

impl<T> Deref for Ref<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[expect(clippy::expect_used, reason = "a signal is made with a value of its own type, and set to nothing else")]
fn typed<T: Send + Sync + 'static>(value: Erased) -> Arc<T> {
    value.downcast().expect("a signal's own type")
}

/// The methods of whatever is read; its field `0` is Leptos's own.
macro_rules! read {
    ($name:ident) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// The value, followed.
            #[track_caller]
            pub fn read(&self) -> Ref<T> {
                Ref(typed(self.0.get()))
            }

            /// The value as it is now.
            #[track_caller]
            pub fn read_untracked(&self) -> Ref<T> {
                Ref(typed(self.0.get_untracked()))
            }

            /// What a function makes of the value, followed.
            #[track_caller]
            pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                read(&self.read())
            }

            /// What a function makes of the value as it is now.
            #[track_caller]
            pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                read(&self.read_untracked())
            }

            /// Follows the value.
            pub fn track(&self) {
                self.0.track();
            }
        }

        impl<T: Clone + Send + Sync + 'static> $name<T> {
            /// A copy of the value, followed.
            #[track_caller]
            pub fn get(&self) -> T {
                T::clone(&self.read())
            }

            /// A copy of the value as it is now.
            #[track_caller]
            pub fn get_untracked(&self) -> T {
                T::clone(&self.read_untracked())
            }
        }
    };
}

/// The methods of whatever is written, too.
macro_rules! write {
    ($name:ident) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// Holds a value.
            pub fn new(value: T) -> Self {
                Self(base::$name::new(Arc::new(value)), PhantomData)
            }

            /// Takes a value in place of the one it has, and tells who follows it.
            pub fn set(&self, value: T) {
                self.0.set(Arc::new(value));
            }

            /// Tells who follows it.
            pub fn notify(&self) {
                self.0.notify();
            }
        }

        impl<T: Clone + Send + Sync + 'static> $name<T> {
            /// Changes the value, and tells who follows it.
            pub fn update(&self, change: impl FnOnce(&mut T)) {
                let mut change = Some(change);
                let call: &mut dyn FnMut(&mut Erased) = &mut |held| {
                    // The signal lets go of it, so that it is changed in place where nobody else reads it.
                    let mut value = typed(std::mem::replace(held, Arc::new(())));
                    change.take().into_iter().for_each(|change| change(Arc::make_mut(&mut value)));
                    *held = value;
                };
                self.0.update(call);
            }
        }

        impl<T: Default + Send + Sync + 'static> Default for $name<T> {
            fn default() -> Self {
                Self::new(T::default())
            }
        }
    };
}

/// A value that may be set, and lives as long as its owner.
pub struct RwSignal<T>(base::RwSignal<Erased>, PhantomData<fn() -> T>);
/// A value that may be set, and lives as long as somebody holds it.
pub struct ArcRwSignal<T>(base::ArcRwSignal<Erased>, PhantomData<fn() -> T>);
/// What a function makes of other values. Who follows it is told where it is another than before.
pub struct Memo<T>(base::Memo<Erased>, PhantomData<fn() -> T>);
/// What a function makes of other values, as long as somebody holds it.
pub struct ArcMemo<T>(base::ArcMemo<Erased>, PhantomData<fn() -> T>);
/// Any of these, or a function, to be read as long as somebody holds it.
pub struct ArcSignal<T>(base::ArcSignal<Erased>, PhantomData<fn() -> T>);
/// Any of these, or a function, to be read.
pub struct Signal<T>(base::Signal<Erased>, PhantomData<fn() -> T>);

/// A handle is copied as Leptos copies its own, whatever the value.
macro_rules! clone {
    (copy $($name:ident)*) => {
        $(
            impl<T> Copy for $name<T> {}

            impl<T> Clone for $name<T> {
                fn clone(&self) -> Self {
                    *self
                }
            }
        )*
    };
    (count $($name:ident)*) => {
        $(impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        })*
    };
}

clone!(copy RwSignal Memo Signal StoredValue);
clone!(count ArcRwSignal ArcMemo ArcSignal);
read!(RwSignal);
read!(ArcRwSignal);
read!(Memo);
read!(ArcMemo);
read!(ArcSignal);
read!(Signal);
write!(RwSignal);
write!(ArcRwSignal);

/// How a memo is made.
macro_rules! memo {
    ($name:ident) => {
        impl<T: PartialEq + Send + Sync + 'static> $name<T> {
            /// The function is called with the value of before, where there is one.
            pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
                let make: Make =
                    Box::new(move |before| Arc::new(make(before.and_then(|before| before.downcast_ref()))));
                Self(base::$name::new_with_compare(make, differ::<T>), PhantomData)
            }
        }
    };
}

type Make = Box<dyn Fn(Option<&Erased>) -> Erased + Send + Sync>;
memo!(Memo);
memo!(ArcMemo);

fn differ<T: PartialEq + 'static>(before: Option<&Erased>, now: Option<&Erased>) -> bool {
    before.and_then(|value| value.downcast_ref::<T>()) != now.and_then(|value| value.downcast_ref())
}

/// How a signal is made of a function.
macro_rules! derive {
    ($name:ident) => {
        impl<T: Send + Sync + 'static> $name<T> {
            /// What a function makes of other values, each time it is read.
            pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
                let make: Box<dyn Fn() -> Erased + Send + Sync> = Box::new(move || Arc::new(make()));
                Self(base::$name::derive(make), PhantomData)
            }
        }

        impl<T: Clone + Send + Sync + 'static> $name<T> {
            /// A value that stays.
            pub fn stored(value: T) -> Self {
                Self::derive(move || value.clone())
            }
        }
    };
}
derive!(Signal);
derive!(ArcSignal);

/// What may be read as what.
macro_rules! from {
    ($($from:ident $to:ident)*) => {
        $(impl<T> From<$from<T>> for $to<T> {
            fn from(signal: $from<T>) -> Self {
                Self(signal.0.into(), PhantomData)
            }
        })*
    };
}
from!(RwSignal Signal ArcRwSignal Signal Memo Signal ArcRwSignal RwSignal ArcRwSignal ArcSignal ArcMemo ArcSignal);

impl<T> RwSignal<T> {
    /// Forgets who follows it; whoever reads it again follows it again.
    pub fn forget_followers(&self) {
        self.0.to_any_source().clear_subscribers();
    }
}

/// A function of other values, for an attribute or a part of the page to follow.
pub type Following<T> = Box<dyn FnMut() -> T + Send>;

/// A function of other values, for an attribute or a part of the page to follow. Leptos compiles the following of each function that
/// is not in a box.
pub fn following<T>(make: impl FnMut() -> T + Send + 'static) -> Following<T> {
    Box::new(make)
}

/// Each is followed where it stands as an attribute's value, or as a part of the page.
#[cfg(feature = "browser")]
macro_rules! follow {
    ($($name:ident)*) => {
        $(
            impl<T: Clone + Send + Sync + IntoAttributeValue + 'static> IntoAttributeValue for $name<T> {
                fn into_attribute_value(self) -> Value {
                    following(move || self.get()).into_attribute_value()
                }
            }

            impl<T: Clone + Send + Sync + IntoRender + 'static> IntoRender for $name<T> {
                fn into_render(self) -> AnyView {
                    following(move || self.get()).into_render()
                }
            }
        )*
    };
}

#[cfg(not(feature = "browser"))]
macro_rules! follow {
    ($($name:ident)*) => {
        $(
            impl<T> IntoAttributeValue for $name<T>
            where
                T: Clone + Send + Sync + AttributeValue + 'static,
                T::State: 'static,
            {
                type Output = Following<T>;

                fn into_attribute_value(self) -> Following<T> {
                    following(move || self.get())
                }
            }

            impl<T> IntoRender for $name<T>
            where
                T: Clone + Send + Sync + Render + 'static,
                T::State: 'static,
            {
                type Output = Following<T>;

                fn into_render(self) -> Following<T> {
                    following(move || self.get())
                }
            }
        )*
    };
}

follow!(RwSignal Memo ArcMemo Signal ArcSignal);

/// A value that nobody follows, and that lives as long as its owner.
pub struct StoredValue<T>(base::StoredValue<Box<dyn Any + Send + Sync>>, PhantomData<fn() -> T>);

#[expect(clippy::expect_used, reason = "a value is stored with its own type, and no other takes its place")]
impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Holds a value.
    pub fn new(value: T) -> Self {
        Self(base::StoredValue::new(Box::new(value)), PhantomData)
    }

    /// What a function makes of the value.
    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let (mut read, mut made) = (Some(read), None);
        let call: &mut dyn FnMut(&dyn Any) = &mut |value| {
            made = read.take().zip(value.downcast_ref()).map(|(read, value)| read(value));
        };
        self.0.with_value(|value| call(&**value));
        made.expect("a stored value's own type")
    }

    /// What a function makes of the value, which it may change.
    pub fn update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let (mut change, mut made) = (Some(change), None);
        let call: &mut dyn FnMut(&mut dyn Any) = &mut |value| {
            made = change.take().zip(value.downcast_mut()).map(|(change, value)| change(value));
        };
        self.0.update_value(|value| call(&mut **value));
        made.expect("a stored value's own type")
    }

    /// Takes a value in place of the one it has.
    pub fn set_value(&self, value: T) {
        self.0.set_value(Box::new(value));
    }
}

impl<T: Clone + Send + Sync + 'static> StoredValue<T> {
    /// A copy of the value.
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }
}

/// What is done again when a value it follows is another.
pub struct Effect;

impl Effect {
    /// The function is called with what it returned before.
    #[expect(clippy::new_ret_no_self, reason = "as Leptos has it")]
    pub fn new<T: 'static>(mut act: impl FnMut(Option<T>) -> T + 'static) {
        let mut before = None;
        let act: Box<dyn FnMut()> = Box::new(move || before = Some(act(before.take())));
        base::Effect::new(act);
    }
}
