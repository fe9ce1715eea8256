package io.tuodui.collect;

import org.apache.camel.ExchangeException;
import org.springframework.stereotype.Component;

/** Throws a caught exception again, as it was: YAML can only throw one of its own. */
@Component
public final class Failures {

  public void rethrow(@ExchangeException Exception cause) throws Exception {
    throw cause;
  }
}
