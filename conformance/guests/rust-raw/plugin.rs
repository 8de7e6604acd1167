//! A plugin in Rust without SDK and without `core`, so that any rustc builds it for wasm32-unknown-unknown, also one
//! that has no library for that target (RUSTC_BOOTSTRAP=1 allows the features). Tests: conformance/guests/README.md.
#![feature(no_core, lang_items, intrinsics, rustc_attrs)]
#![allow(internal_features)]
#![no_core]

#[lang = "pointee_sized"]
trait PointeeSized {}
#[lang = "meta_sized"]
trait MetaSized: PointeeSized {}
#[lang = "sized"]
trait Sized: MetaSized {}
#[lang = "copy"]
trait Copy {}
impl Copy for u8 {}
impl<T: PointeeSized> Copy for *const T {}
impl<const N: usize> Copy for [u8; N] {}
#[lang = "sync"]
trait Sync {}
impl Sync for u8 {}
impl<const N: usize> Sync for [u8; N] {}

#[lang = "drop_in_place"]
unsafe fn drop_in_place<T: PointeeSized>(_what: *mut T) {}

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn proxy_log(level: u32, text: *const u8, size: u32) -> u32;
    fn proxy_add_header_map_value(map: u32, key: *const u8, key_size: u32, value: *const u8, value_size: u32) -> u32;
    fn proxy_send_local_response(
        code: u32, details: *const u8, details_size: u32, body: *const u8, body_size: u32,
        headers: *const u8, headers_size: u32, grpc_status: u32,
    ) -> u32;
}

static STARTED: [u8; 7] = *b"started";
static KEY: [u8; 6] = *b"x-rust";
static VALUE: [u8; 5] = *b"hello";
static DENIED: [u8; 6] = *b"denied";
/// What the allocator hands out: this plugin reads nothing back.
static mut BLOCK: [u8; 4096] = [0; 4096];

#[unsafe(no_mangle)]
extern "C" fn proxy_abi_version_0_2_1() {}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_memory_allocate(_size: u32) -> *mut u8 {
    &raw mut BLOCK as *mut u8
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_vm_start(_root: u32, _size: u32) -> u32 {
    unsafe { proxy_log(2, &raw const STARTED as *const u8, 7) };
    1
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_headers(_id: u32, _count: u32, _end: u32) -> u32 {
    unsafe { proxy_add_header_map_value(0, &raw const KEY as *const u8, 6, &raw const VALUE as *const u8, 5) }
}

#[unsafe(no_mangle)]
extern "C" fn proxy_on_request_body(_id: u32, _size: u32, _end: u32) -> u32 {
    let denied = &raw const DENIED as *const u8;
    unsafe { proxy_send_local_response(403, denied, 6, denied, 6, denied, 0, 4294967295) };
    1
}
