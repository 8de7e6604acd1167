//! The crate proxy-wasm-host (wasmtime) on the plugin of this bench: eight callbacks, headers and bodies of a request and
//! its response, as every host of this comparison gets them.
use std::sync::Arc;
use std::time::Instant;

use proxy_wasm_host::abi::v0_2_1::types::{Action, BufferType, LogLevel, MapType, Status};
use proxy_wasm_host::abi::v0_2_1::{
    Access, ContextId, Guest, GuestError, Host, Invocation, LogContext, LogSink, PluginConfig,
    Started, StreamKind, StreamState, VmServices,
};
use proxy_wasm_host::{Buffer, Engine, HeaderMap, Limits, Module, VecHeaderMap};

const REQUEST: [(&str, &str); 8] = [
    (":authority", "127.0.0.1:10000"),
    (":path", "/path?query=1"),
    (":method", "POST"),
    (":scheme", "http"),
    ("user-agent", "curl/8.1.2"),
    ("accept", "*/*"),
    ("x-one", "1"),
    ("content-length", "32"),
];
const RESPONSE: [(&str, &str); 6] = [
    (":status", "200"),
    ("content-type", "text/plain"),
    ("server", "upstream"),
    ("x-removed", "1"),
    ("x-kept", "2"),
    ("content-length", "34"),
];
const QUESTION: &[u8] = b"a question of thirty-two letters";
const ANSWER: &[u8] = b"an answer of thirty-two characters";

struct Silent;
impl LogSink for Silent {
    fn log(&self, _: LogContext<'_>, _: LogLevel, _: &[u8]) {}
}

struct Exchange {
    request: VecHeaderMap,
    response: VecHeaderMap,
    question: Vec<u8>,
    answer: Vec<u8>,
}

impl StreamState for Exchange {
    fn header_map(
        &mut self,
        _: Invocation,
        _: Access,
        map: MapType,
    ) -> Result<&mut dyn HeaderMap, Status> {
        match map {
            MapType::HttpRequestHeaders => Ok(&mut self.request),
            MapType::HttpResponseHeaders => Ok(&mut self.response),
            _ => Err(Status::BadArgument),
        }
    }

    fn buffer(
        &mut self,
        _: Invocation,
        _: Access,
        buffer: BufferType,
    ) -> Result<&mut dyn Buffer, Status> {
        match buffer {
            BufferType::HttpRequestBody => Ok(&mut self.question),
            BufferType::HttpResponseBody => Ok(&mut self.answer),
            _ => Err(Status::NotFound),
        }
    }
}

fn map(pairs: &[(&str, &str)]) -> VecHeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
        .collect()
}

fn serve(guest: &mut Guest, root: ContextId, count: u32) -> Result<(), GuestError> {
    for _ in 0..count {
        let exchange = Exchange {
            request: map(&REQUEST),
            response: map(&RESPONSE),
            question: QUESTION.to_vec(),
            answer: ANSWER.to_vec(),
        };
        let (actions, served) = guest.with(exchange, |scope| {
            let stream = scope.on_context_create(Some(root))?;
            scope.expect_stream_kind(stream, StreamKind::Http)?;
            let actions = [
                scope.on_request_headers(stream, REQUEST.len() as u32, false)?,
                scope.on_request_body(stream, QUESTION.len() as u32, true)?,
                scope.on_response_headers(stream, RESPONSE.len() as u32, false)?,
                scope.on_response_body(stream, ANSWER.len() as u32, true)?,
            ];
            scope.on_done(stream)?;
            scope.on_log(stream)?;
            scope.on_delete(stream)?;
            Ok::<_, GuestError>(actions)
        });
        assert!(actions?.iter().all(|action| *action == Action::Continue), "a request was held");
        assert!(served.response.get(b"x-removed").is_none(), "the plugin did not run");
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let wasm = std::fs::read(&arguments[1])?;
    let count: u32 = arguments[2].parse()?;
    let rounds: u32 = arguments[3].parse()?;
    let began = Instant::now();
    let engine = Engine::new()?;
    let module = Module::new(&engine, &wasm)?;
    let host = Host::new(&engine)?;
    let services = VmServices::new(Arc::new(Silent));
    let mut guest = Guest::new(&host, &module, services, &Limits::default())?;
    let Started::Serving(root) = guest.start(PluginConfig::new())? else {
        return Err("the plugin refused its start".into());
    };
    let start = began.elapsed();
    serve(&mut guest, root, count)?;
    let cold = began.elapsed();
    let mut steady = Vec::new();
    for _ in 0..rounds {
        let round = Instant::now();
        serve(&mut guest, root, count)?;
        steady.push(format!("{:.0}", f64::from(count) / round.elapsed().as_secs_f64()));
    }
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{{\"start\":{:.1},\"cold\":{:.1},\"steady\":[{}]}}",
        ms(start),
        ms(cold),
        steady.join(",")
    );
    Ok(())
}
