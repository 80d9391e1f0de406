//! The matrix of what may change within a major version, against the layout check.
#![expect(non_local_definitions, reason = "sabi_trait implements foreign traits inside a constant of its own")]
#![expect(unused_braces, reason = "sabi_trait puts default bodies into another pair")]
#![expect(dead_code, reason = "only the layouts are compared")]

use abi_stable::StableAbi;
use abi_stable::type_layout::TypeLayout;

use super::check_layout;

/// An interface like ours: a table that makes an object, and a plain struct.
macro_rules! interface {
    ($module:ident, object: { $($object:tt)* }, table: { $($table:tt)* }, plain: { $($plain:tt)* }) => {
        mod $module {
            use abi_stable::std_types::RBox;
            use abi_stable::{StableAbi, sabi_trait};

            #[sabi_trait]
            pub(super) trait Object: Send {
                $($object)*
            }

            #[repr(C)]
            #[derive(StableAbi)]
            pub(super) struct Plain {
                $($plain)*
            }

            #[repr(C)]
            #[derive(StableAbi)]
            #[sabi(kind(Prefix(prefix_ref = TableRef, prefix_fields = TablePrefix)))]
            pub(super) struct Table {
                pub(super) plain: extern "C" fn(Plain),
                #[sabi(last_prefix_field)]
                pub(super) create: extern "C" fn() -> Object_TO<'static, RBox<()>>,
                $($table)*
            }
        }
    };
}

interface!(first,
    object: { fn a(&self) -> u32; #[sabi(last_prefix_field)] fn b(&self, x: u8); },
    table: {},
    plain: { pub(super) x: u64, });
interface!(method_appended,
    object: { fn a(&self) -> u32; #[sabi(last_prefix_field)] fn b(&self, x: u8); fn c(&self) -> u32 { self.a() } },
    table: {},
    plain: { pub(super) x: u64, });
interface!(field_appended,
    object: { fn a(&self) -> u32; #[sabi(last_prefix_field)] fn b(&self, x: u8); fn c(&self) -> u32 { self.a() } },
    table: { #[sabi(missing_field(option))] pub(super) more: extern "C" fn() -> u32, },
    plain: { pub(super) x: u64, });
interface!(method_inserted,
    object: { fn a(&self) -> u32; fn c(&self) -> u32 { self.a() } #[sabi(last_prefix_field)] fn b(&self, x: u8); },
    table: {},
    plain: { pub(super) x: u64, });
interface!(prefix_moved,
    object: { fn a(&self) -> u32; fn b(&self, x: u8); #[sabi(last_prefix_field)] fn c(&self) -> u32 { self.a() } },
    table: {},
    plain: { pub(super) x: u64, });
interface!(argument_changed,
    object: { fn a(&self) -> u32; #[sabi(last_prefix_field)] fn b(&self, x: u16); },
    table: {},
    plain: { pub(super) x: u64, });
interface!(plain_grown,
    object: { fn a(&self) -> u32; #[sabi(last_prefix_field)] fn b(&self, x: u8); },
    table: {},
    plain: { pub(super) x: u64, pub(super) y: u64, });

const FIRST: &TypeLayout = first::TableRef::LAYOUT;

#[test]
fn growing_at_the_end_fits_both_ways() {
    let grown = [method_appended::TableRef::LAYOUT, field_appended::TableRef::LAYOUT];
    for newer in grown {
        check_layout(FIRST, FIRST).unwrap();
        check_layout(newer, FIRST).expect("a newer plug-in in an older host");
        check_layout(FIRST, newer).expect("an older plug-in in a newer host");
    }
    check_layout(grown[0], grown[1]).unwrap();
    check_layout(grown[1], grown[0]).unwrap();
}

#[test]
fn anything_else_is_refused_both_ways() {
    let others = [
        method_inserted::TableRef::LAYOUT,
        prefix_moved::TableRef::LAYOUT,
        argument_changed::TableRef::LAYOUT,
        plain_grown::TableRef::LAYOUT,
    ];
    for (number, other) in others.into_iter().enumerate() {
        check_layout(other, FIRST).expect_err(&format!("case {number}"));
        check_layout(FIRST, other).expect_err(&format!("case {number}, the other way round"));
    }
}
