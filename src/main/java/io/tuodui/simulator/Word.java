package io.tuodui.simulator;

import java.util.Arrays;

/** A word of a product's text, and its translation as the cross-border API gives it. */
record Word(String chinese, String english) {

  /** Reads {@code 红色=Red, 黑色=Black}. */
  static Word[] list(String text) {
    return Arrays.stream(text.split(", "))
        .map(pair -> pair.split("="))
        .map(pair -> new Word(pair[0], pair[1]))
        .toArray(Word[]::new);
  }
}
