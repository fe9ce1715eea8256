/**
 * The ways into Tuodui for lists of item ids: reading what people have (text, CSV, JSON lines,
 * addresses of detail pages, in the encodings that Windows leaves behind) and saying, line by line
 * and in words, what is wrong with the rest.
 */
package io.tuodui.intake;
