package io.tuodui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway whose replies a test writes byte by byte, head and all. */
public final class RawGateway implements AutoCloseable {
  private static final Pattern OFFER = Pattern.compile("\"offerId\":(\\d+)");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  /** Writes the reply to a call. */
  public interface Answer {

    /**
     * @param itemId what is asked for
     * @throws IOException when the caller has closed the connection
     */
    void write(long itemId, OutputStream connection) throws IOException;
  }

  private final ServerSocket door;
  private final Answer answer;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private RawGateway(ServerSocket door, Answer answer) {
    this.door = door;
    this.answer = answer;
  }

  /** Starts on a free port. */
  public static RawGateway start(Answer answer) {
    try {
      RawGateway gateway =
          new RawGateway(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
      inBackground(gateway::serve);
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Connections made so far. */
  public int connections() {
    return connections.get();
  }

  public int requests() {
    return requests.get();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        connections.incrementAndGet();
        inBackground(() -> converse(client));
      } catch (IOException closed) {
        // The test is over: the loop's condition tells.
      }
    }
  }

  private void converse(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String body = request(in); body != null; body = request(in)) {
        Matcher offer = OFFER.matcher(URLDecoder.decode(body, StandardCharsets.UTF_8));
        if (!offer.find()) {
          throw new IOException("a request for no item: " + body);
        }
        requests.incrementAndGet();
        answer.write(Long.parseLong(offer.group(1)), client.getOutputStream());
      }
    } catch (IOException gone) {
      // The caller has closed the connection.
    } finally {
      open.remove(client);
    }
  }

  private static String request(BufferedReader in) throws IOException {
    int length = 0;
    for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
      if (line == null) {
        return null;
      }
      Matcher matcher = LENGTH.matcher(line);
      length = matcher.matches() ? Integer.parseInt(matcher.group(1)) : length;
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      int more = in.read(body, read, length - read);
      if (more < 0) {
        return null;
      }
      read += more;
    }
    return new String(body);
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "raw-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
