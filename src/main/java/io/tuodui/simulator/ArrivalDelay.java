package io.tuodui.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A network that takes its time, for one request more than for another: what calls that left evenly
 * spaced meet before they arrive. Keeps the order of a connection. One per connection.
 */
final class ArrivalDelay extends ChannelInboundHandlerAdapter {
  private final Latency network;

  /** Of two pieces that arrive together, whose timer is first is a matter of chance. */
  private final Queue<Object> underWay = new ArrayDeque<>();

  private long lastArrival = Long.MIN_VALUE;

  ArrivalDelay(Latency network) {
    this.network = network;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    long now = System.nanoTime();
    lastArrival = Math.max(lastArrival, now + network.nextNanos());
    underWay.add(bytes);
    context
        .executor()
        .schedule(
            () -> context.fireChannelRead(underWay.remove()),
            lastArrival - now,
            TimeUnit.NANOSECONDS);
  }
}
