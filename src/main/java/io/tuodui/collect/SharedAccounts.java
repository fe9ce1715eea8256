package io.tuodui.collect;

import io.tuodui.account.Account;
import io.tuodui.account.Permits;
import io.tuodui.config.Accounts;
import io.tuodui.config.TuoduiProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Watches that the accounts in Redis are this node's. What the last process to start says holds for
 * all nodes, so one with another list takes their accounts from those that run, and its own are
 * unknown to them.
 *
 * <p>A node that has seen other accounts for a while configures its own again: by then the other
 * process may be gone. While both run, they take turns. No limit is exceeded by that, because an
 * account that comes back waits until what was permitted before is over.
 */
@Component
class SharedAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedAccounts.class);

  /** Longer than an account without a limit a minute waits when it comes back: it has a turn. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Permits permits;
  private final Accounts accounts;
  private final Set<String> own;
  private final String prefix;
  private final Clock clock;

  /** {@code null} while the accounts in Redis are this node's. */
  private Instant othersSince;

  SharedAccounts(Permits permits, Accounts accounts, TuoduiProperties properties, Clock clock) {
    this.permits = permits;
    this.accounts = accounts;
    this.own = accounts.all().stream().map(Account::name).collect(Collectors.toSet());
    this.prefix = properties.queue().prefix();
    this.clock = clock;
  }

  /**
   * The account of a permit; empty when another process configured it, which this node cannot call
   * with.
   */
  Optional<Account> find(String name) {
    return own.contains(name) ? Optional.of(accounts.named(name)) : Optional.empty();
  }

  /**
   * Compares the accounts that are there with this node's; to be called every now and then.
   *
   * @throws org.springframework.dao.DataAccessException when Redis is away
   */
  synchronized void compare(Set<String> there) {
    if (there.equals(own)) {
      if (othersSince != null) {
        LOG.info("The accounts in Redis are this node's again");
      }
      othersSince = null;
      return;
    }
    Instant now = clock.instant();
    if (othersSince == null) {
      othersSince = now;
      LOG.warn(
          "A process with other accounts was started on the keys in Redis that begin with \"{}\": {}"
              + " of this node's accounts are missing there{}, and {} are unknown here{}. This node"
              + " makes no calls with any of these. All nodes of one tuodui.queue.prefix need the"
              + " same accounts: stop the other process, or give it a prefix of its own",
          prefix,
          without(own, there).size(),
          suchAs(without(own, there)),
          without(there, own).size(),
          suchAs(without(there, own)));
    } else if (Duration.between(othersSince, now).compareTo(PATIENCE) >= 0) {
      othersSince = null;
      LOG.warn(
          "Redis has had other accounts than this node's for {} s; its own are configured again",
          PATIENCE.toSeconds());
      permits.configure(accounts.all());
    }
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> left = new TreeSet<>(names);
    left.removeAll(others);
    return left;
  }

  private static String suchAs(Set<String> names) {
    return names.isEmpty() ? "" : " (such as " + names.iterator().next() + ")";
  }
}
