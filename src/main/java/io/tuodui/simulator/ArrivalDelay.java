package io.tuodui.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * A network that takes its time, for one request more than for another: what calls that left evenly
 * spaced meet before they arrive. Keeps the order of a connection. One per connection.
 */
final class ArrivalDelay extends ChannelInboundHandlerAdapter {
  private final Latency network;
  private long lastArrival = Long.MIN_VALUE;

  ArrivalDelay(Latency network) {
    this.network = network;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    long now = System.nanoTime();
    lastArrival = Math.max(lastArrival, now + network.nextNanos());
    context
        .executor()
        .schedule(() -> context.fireChannelRead(bytes), lastArrival - now, TimeUnit.NANOSECONDS);
  }
}
