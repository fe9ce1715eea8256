package io.tuodui;

import io.tuodui.account.Account;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.simulator.Simulator;
import io.tuodui.simulator.SimulatorOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One node and its simulator, without limits or faults, for all test classes that leave the
 * accounts as they are. Started by the first that names it, stopped after the last test of all.
 */
public final class SimulatedNode implements ParameterResolver {
  public static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(3, 0, 0);

  private record Running(Simulator simulator, NodeForTests node)
      implements ExtensionContext.Store.CloseableResource {

    static Running start() {
      Simulator simulator = Simulator.start(SimulatorOptions.plain(ACCOUNTS.size()));
      return new Running(simulator, NodeForTests.start(simulator.baseUrl(), ACCOUNTS, Map.of()));
    }

    @Override
    public void close() {
      node.close();
      simulator.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Simulator.class || type == NodeForTests.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(SimulatedNode.class, key -> Running.start(), Running.class);
    return parameter.getParameter().getType() == Simulator.class
        ? running.simulator()
        : running.node();
  }
}
