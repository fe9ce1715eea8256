package io.tuodui.audit;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Something that does not hold.
 *
 * @param item the id that it is about; {@code null} when it is about the whole
 * @param where file, counts, ledger, reply (MongoDB) or row (MySQL)
 * @param what in words, with what the receipt says and what is found
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Discrepancy(Long item, String where, String what) {}
