package io.tuodui.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tuodui.account.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine;

/**
 * Measures the calls a second of the simulator alone, which runs in a process of its own: each
 * connection sends a request signed beforehand, reads the answer to its end, and sends the next.
 * Not a test: run its main with {@code item-get} or {@code aop}, seconds and connections.
 */
public final class SimulatorLoad {
  private static final int ACCOUNTS = 100;
  private static final int DISTINCT_REQUESTS = 4000;

  private SimulatorLoad() {}

  /** The simulator's process: {@code serve}, with the options of the command. */
  private static final class Server {
    static Process start() throws IOException {
      return new ProcessBuilder(
              System.getProperty("java.home") + "/bin/java",
              "-Xmx256m",
              "-cp",
              System.getProperty("java.class.path"),
              SimulatorLoad.class.getName(),
              "serve",
              "--port=0",
              "--accounts=" + ACCOUNTS,
              "--per-second=0",
              "--latency=0",
              "--jitter=0")
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    static int port(Process process) throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
      String line = lines.readLine();
      return Integer.parseInt(line.replaceAll(".*:(\\d+) with.*", "$1"));
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("serve")) {
      String[] options = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
      System.exit(
          new CommandLine(new SimulatorCommand())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .execute(options));
    }
    long begin = System.nanoTime();
    Process server = Server.start();
    try {
      int port = Server.port(server);
      System.out.printf("started in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
      List<byte[]> requests = requests(arguments[0].equals("item-get"));
      int connections = Integer.parseInt(arguments[2]);
      for (int second = 0; second < Integer.parseInt(arguments[1]); second++) {
        measure(server, port, requests, connections);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static List<byte[]> requests(boolean itemGet) {
    List<Account> accounts = SimulatedAccounts.accounts(ACCOUNTS, 0, 0);
    List<byte[]> requests = new ArrayList<>();
    SimulatedItems.ids(DISTINCT_REQUESTS)
        .forEach(
            id -> {
              Account account = accounts.get(requests.size() % ACCOUNTS);
              String request =
                  itemGet ? RawRequests.itemGet(account, id) : RawRequests.detail(account, id);
              requests.add(request.getBytes(US_ASCII));
            });
    return requests;
  }

  private static void measure(Process server, int port, List<byte[]> requests, int connections)
      throws InterruptedException {
    LongAdder calls = new LongAdder();
    LongAdder bytes = new LongAdder();
    long cpuBefore = cpuMillis(server);
    long begin = System.nanoTime();
    long end = begin + 1_000_000_000L;
    List<Thread> clients = new ArrayList<>();
    for (int connection = 0; connection < connections; connection++) {
      int first = connection * 37;
      Thread client = new Thread(() -> call(port, requests, first, end, calls, bytes));
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long cpu = cpuMillis(server) - cpuBefore;
    System.out.printf(
        "%,.0f calls/s, %,d bytes a body, %.1f us of the simulator's CPU a call%n",
        calls.sum() / seconds, bytes.sum() / calls.sum(), cpu * 1000.0 / calls.sum());
  }

  private static long cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  private static void call(
      int port, List<byte[]> requests, int first, long end, LongAdder calls, LongAdder bytes) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      HttpReplies replies = new HttpReplies(in);
      for (int next = first; System.nanoTime() < end; next++) {
        out.write(requests.get(next % requests.size()));
        bytes.add(replies.next().length);
        calls.increment();
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
