// io.roastedroot's proxy-wasm-java-host (Chicory) on the plugin of this bench, its module compiled to byte code when it
// is loaded, as its documents advise.
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.roastedroot.proxywasm.LogLevel;
import io.roastedroot.proxywasm.internal.Action;
import io.roastedroot.proxywasm.internal.ArrayProxyMap;
import io.roastedroot.proxywasm.internal.Handler;
import io.roastedroot.proxywasm.internal.HttpContext;
import io.roastedroot.proxywasm.internal.ProxyMap;
import io.roastedroot.proxywasm.internal.ProxyWasm;
import java.io.File;

public final class Bench {
  private static final String[] REQUEST = {
    ":authority", "127.0.0.1:10000", ":path", "/path?query=1", ":method", "POST", ":scheme", "http",
    "user-agent", "curl/8.1.2", "accept", "*/*", "x-one", "1", "content-length", "32",
  };
  private static final String[] RESPONSE = {
    ":status", "200", "content-type", "text/plain", "server", "upstream", "x-removed", "1", "x-kept", "2",
    "content-length", "32",
  };
  private static final byte[] QUESTION = "a question of thirty-two letters".getBytes();
  private static final byte[] ANSWER = "an answer of thirty-two characters".getBytes();

  private static ProxyMap headers(String[] pairs) {
    ProxyMap map = new ArrayProxyMap();
    for (int index = 0; index < pairs.length; index += 2) map.add(pairs[index], pairs[index + 1]);
    return map;
  }

  /** What the plugin can ask for of one request. */
  private static final class Request implements Handler {
    final ProxyMap request = headers(REQUEST);
    final ProxyMap response = headers(RESPONSE);

    @Override
    public ProxyMap getHttpRequestHeaders() {
      return request;
    }

    @Override
    public ProxyMap getHttpResponseHeaders() {
      return response;
    }

    @Override
    public byte[] getHttpRequestBody() {
      return QUESTION;
    }

    @Override
    public byte[] getHttpResponseBody() {
      return ANSWER;
    }

    @Override
    public void log(LogLevel level, String message) {}
  }

  private static void serve(ProxyWasm host, int count) {
    for (int sent = 0; sent < count; sent++) {
      Request handler = new Request();
      HttpContext context = host.createHttpContext(handler);
      boolean held = context.callOnRequestHeaders(false) != Action.CONTINUE;
      held |= context.callOnRequestBody(true) != Action.CONTINUE;
      held |= context.callOnResponseHeaders(false) != Action.CONTINUE;
      held |= context.callOnResponseBody(true) != Action.CONTINUE;
      context.close();
      if (held) throw new IllegalStateException("A request was held");
      if (!"by the plugin".equals(handler.response.get("x-added"))) throw new IllegalStateException("The plugin did nothing");
    }
  }

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    long began = System.nanoTime();
    WasmModule module = Parser.parse(new File(arguments[0]));
    Handler plugin =
        new Handler() {
          @Override
          public void log(LogLevel level, String message) {}
        };
    ProxyWasm host =
        ProxyWasm.builder().withPluginHandler(plugin).withMachineFactory(MachineFactoryCompiler::compile).build(module);
    long start = System.nanoTime() - began;
    serve(host, count);
    long cold = System.nanoTime() - began;
    StringBuilder steady = new StringBuilder();
    for (int round = 0; round < rounds; round++) {
      long roundBegan = System.nanoTime();
      serve(host, count);
      if (round > 0) steady.append(',');
      steady.append(count * 1e9 / (System.nanoTime() - roundBegan));
    }
    System.out.printf("{\"start\":%f,\"cold\":%f,\"steady\":[%s]}%n", start / 1e6, cold / 1e6, steady);
  }
}
