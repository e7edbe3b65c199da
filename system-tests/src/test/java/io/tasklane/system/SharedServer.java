package io.tasklane.system;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for all tests that leave it as they found it, because a start takes longer than most
 * of them: no queue paused, nothing unfinished. It is started by the first and stopped after the
 * last.
 */
public final class SharedServer implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Client.class || type == RunningServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Started started =
        context
            .getRoot()
            .getStore(Namespace.create(SharedServer.class))
            .getOrComputeIfAbsent(Started.class, type -> new Started(), Started.class);
    boolean client = parameter.getParameter().getType() == Client.class;
    return client ? started.client : started.server;
  }

  private static final class Started implements AutoCloseable {
    private final TemporaryFolder folder = TemporaryFolder.create("tasklane-shared-");
    private final RunningServer server =
        RunningServer.startAsShipped(folder.path().resolve("data"), ExampleHandler.jar());
    private final Client client = server.client();

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
      folder.close();
    }
  }
}
