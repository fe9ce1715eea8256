package io.tuodui.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Notes when bytes are read, in front of all decoding: limits are a matter of arrival, not of when
 * there was time for the request. One per connection.
 */
final class ArrivalStamp extends ChannelInboundHandlerAdapter {
  private long nanos = System.nanoTime();

  long nanos() {
    return nanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    nanos = System.nanoTime();
    context.fireChannelRead(bytes);
  }
}
