package io.tuodui.token;

import io.tuodui.account.Account;

/**
 * The right to ask for new tokens of one account, which one node at a time has. Its text form
 * leaves out the token.
 *
 * @param refreshToken to ask with
 * @param version of the tokens that are to be replaced
 * @param claim proves the right to the database
 * @param failures to get new ones before this, in a row
 */
record Refresh(Account account, String refreshToken, long version, String claim, int failures) {

  @Override
  public String toString() {
    return "refresh of version " + version + " of " + account;
  }
}
