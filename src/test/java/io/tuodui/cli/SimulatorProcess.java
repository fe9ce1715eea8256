package io.tuodui.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code ./tuodui simulator} on a free port, and the lists and accounts that go with it. */
final class SimulatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern URL = Pattern.compile("http://[0-9.]+:\\d+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tuodui process;
  private final String url;

  private SimulatorProcess(Tuodui process, String url) {
    this.process = process;
    this.url = url;
  }

  static SimulatorProcess start(Path folder, String... options) {
    List<String> arguments = new ArrayList<>(List.of("simulator", "--port", "0"));
    arguments.addAll(List.of(options));
    Tuodui process = Tuodui.start(folder, arguments.toArray(String[]::new));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> URL.matcher(process.out()).find() || !process.isAlive());
    Matcher matcher = URL.matcher(process.out());
    if (!matcher.find()) {
      throw new AssertionError("the simulator printed no address: " + process.err());
    }
    return new SimulatorProcess(process, matcher.group());
  }

  String url() {
    return url;
  }

  /** What {@code GET /stats} says. */
  JsonNode stats() throws IOException, InterruptedException {
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + "/stats")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  /** Writes what {@code tuodui simulator ids N} prints, and returns the ids. */
  static List<String> writeIds(Path file, int n) throws IOException {
    String ids = Tuodui.run(file.getParent(), "simulator", "ids", Integer.toString(n)).out();
    Files.writeString(file, ids);
    return ids.lines().toList();
  }

  /** Writes what {@code tuodui simulator accounts N} prints. */
  static void writeAccounts(Path file, int n, int perSecond) throws IOException {
    Files.writeString(
        file,
        Tuodui.run(
                file.getParent(),
                "simulator",
                "accounts",
                Integer.toString(n),
                "--per-second",
                Integer.toString(perSecond))
            .out());
  }

  @Override
  public void close() {
    process.close();
  }
}
