package io.tuodui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway that answers what a test tells it to, and remembers what it was asked. */
public final class GatewayStub implements AutoCloseable {
  private static final Pattern OFFER = Pattern.compile("\"offerId\":(\\d+)");

  /** A request as it arrived. */
  public record Request(String method, String path, String body) {

    /** The item that it asks for. */
    public long itemId() {
      Matcher offer = OFFER.matcher(URLDecoder.decode(body, StandardCharsets.UTF_8));
      if (!offer.find()) {
        throw new IllegalStateException("a request for no item: " + body);
      }
      return Long.parseLong(offer.group(1));
    }
  }

  /** An answer; without a body, the connection is closed instead. */
  public record Reply(int status, byte[] body) {
    public static final Reply NONE = new Reply(0, null);

    public static Reply of(int status, String body) {
      return new Reply(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The platform's error of three fields. */
    public static Reply error(int status, String code) {
      return of(
          status,
          "{\"error_message\":\"as told\",\"exception\":\"\",\"error_code\":\"" + code + "\"}");
    }

    /** A published item; {@code fields} are more of its fields, as JSON, or empty. */
    public static Reply item(long id, String fields) {
      return of(
          200,
          ("{\"result\":{\"success\":true,\"code\":\"200\",\"message\":\"成功\",\"result\":{\"offerId\":%d,"
                  + "\"subject\":\"货品 %d\",\"status\":\"published\"%s}}}")
              .formatted(id, id, fields.isEmpty() ? "" : "," + fields));
    }
  }

  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Request, Reply> answers = request -> Reply.item(request.itemId(), "");

  private GatewayStub(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port; at first, every item is there. */
  public static GatewayStub start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
      GatewayStub stub = new GatewayStub(server);
      server.createContext("/", stub::serve);
      server.setExecutor(stub.threads);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on, answers so. */
  public void answer(Function<Request, Reply> answers) {
    this.answers = answers;
  }

  /** All requests for an item, in their order. */
  public List<Request> requestsFor(long itemId) {
    return requests.stream().filter(request -> request.itemId() == itemId).toList();
  }

  public int requests() {
    return requests.size();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      Request request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), body);
      requests.add(request);
      Reply reply = answers.apply(request);
      if (reply.body() != null) {
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(
            reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
