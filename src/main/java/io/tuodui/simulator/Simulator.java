package io.tuodui.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tuodui.account.Account;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gateway that speaks the protocol of the 1688 Open Platform: it checks signatures, tokens,
 * parameters and limits in the platform's order and with its error bodies, invents products, takes
 * its time, and fails when told to. It listens until it is closed.
 */
public final class Simulator implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LONGEST_REQUEST_LINE = 32_768;

  private final long startNanos = System.nanoTime();
  private final Registry registry;
  private final FaultPlan faults;
  private final Gateway gateway;
  private final EventLoopGroup loops;
  private final Channel server;

  private Simulator(SimulatorOptions options, List<Account> accounts, String host, Clock clock) {
    Quirks quirks = options.quirks();
    Clock platformClock = Clock.offset(clock, quirks.clockSkew());
    registry = new Registry(accounts, quirks, platformClock);
    faults = new FaultPlan(options.faultShares(), options.seed());
    gateway = new Gateway(registry, faults, platformClock, quirks, this::stats);
    loops = new NioEventLoopGroup(0, new DefaultThreadFactory("simulator", true));
    server = listen(options, host);
  }

  /**
   * Starts on 127.0.0.1 with the first of the {@link SimulatedAccounts}.
   *
   * @throws IllegalStateException if the port is taken; the message says which, and what to do
   */
  public static Simulator start(SimulatorOptions options) {
    return start(options, LOOPBACK);
  }

  /**
   * Starts on an interface of one's choice: {@code 0.0.0.0} to be reached from other machines.
   *
   * @throws IllegalStateException if the port is taken or the host is not one of this machine's
   */
  public static Simulator start(SimulatorOptions options, String host) {
    List<Account> accounts =
        SimulatedAccounts.accounts(
            options.accounts(), options.perSecond(), options.perMinute(), options.perDay());
    return new Simulator(options, accounts, host, Clock.systemUTC());
  }

  /**
   * Starts on 127.0.0.1 with accounts of one's own, held to their own limits; the numbers of
   * accounts and limits in the options do not count.
   *
   * @param clock the true time, from which the platform's may differ
   * @throws IllegalStateException if the port is taken
   */
  public static Simulator start(SimulatorOptions options, List<Account> accounts, Clock clock) {
    return new Simulator(options, accounts, LOOPBACK, clock);
  }

  private Channel listen(SimulatorOptions options, String host) {
    Latency latency = new Latency(options.latency(), options.jitter(), ~options.seed());
    Duration arrivalJitter = options.quirks().arrivalJitter();
    Latency network = new Latency(arrivalJitter, arrivalJitter, options.seed() + 1);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    ArrivalStamp stamp = new ArrivalStamp();
                    if (!arrivalJitter.isZero()) {
                      channel.pipeline().addLast(new ArrivalDelay(network));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            stamp,
                            new HttpServerCodec(LONGEST_REQUEST_LINE, 16_384, 65_536),
                            new RequestReader(gateway, stamp, new Answers(latency)));
                  }
                });
    ChannelFuture bound = bootstrap.bind(host, options.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new IllegalStateException(
          "The simulator cannot listen on %s port %d (%s). Stop what listens there, or choose another port: --port"
              .formatted(host, options.port(), bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** What a collector's {@code base-url} is to be, on this machine. */
  public String baseUrl() {
    return "http://" + LOOPBACK + ":" + port();
  }

  /** What {@code GET /stats} gives. */
  public SimulatorStats stats() {
    long uptime = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    return SimulatorStats.of(
        registry.stats(), registry.strangers().stats(), faults.counts(), uptime);
  }

  /**
   * An account as the platform sees it, to change the platform's mind at run time.
   *
   * @throws IllegalArgumentException if the platform knows no such app key
   */
  public SimulatedAccount account(String appKey) {
    SimulatedAccount account = registry.find(appKey);
    if (account == null) {
      throw new IllegalArgumentException("The simulator has no account with app key " + appKey);
    }
    return account;
  }

  /** The next call that passes all checks fails in this way; may be called several times. */
  public void failNext(Fault fault) {
    faults.force(fault);
  }

  /** Stops listening and drops all connections. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
