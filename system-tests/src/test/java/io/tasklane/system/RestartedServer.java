package io.tasklane.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One data folder and the servers that run on it one after another. All tests that freeze, kill or
 * stop a server share it, because a start takes longer than most of them. A test may leave its
 * server dead, but no queue paused and nothing unfinished.
 */
public final class RestartedServer implements AutoCloseable {
  private final TemporaryFolder folder = TemporaryFolder.create("tasklane-restarted-");
  private final List<RunningServer> servers = new ArrayList<>();

  private RestartedServer() {}

  /** Gives it to tests that ask for it by a parameter. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RestartedServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(RestartedServer.class))
          .getOrComputeIfAbsent(RestartedServer.class, type -> new RestartedServer());
    }
  }

  /** The server that runs; it is started where the last test has left none. */
  RunningServer running() {
    if (!servers.isEmpty() && latest().launcher().isAlive()) {
      return latest();
    }
    return startAgain();
  }

  /** Starts the next server on the folder, once the one before it has ended. */
  RunningServer startAgain() {
    servers.add(RunningServer.start(folder.path().resolve("data")));
    return latest();
  }

  private RunningServer latest() {
    return servers.get(servers.size() - 1);
  }

  @Override
  public void close() throws IOException {
    servers.forEach(RunningServer::close);
    folder.close();
  }
}
