package io.tasklane.system;

import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR on Payara Micro, as the embedded default runs it. */
@ExtendWith(SharedServer.class)
class MicroSmokeIT implements Smoke {
  private final RunningServer server;
  private final Client client;

  MicroSmokeIT(RunningServer server, Client client) {
    this.server = server;
    this.client = client;
  }

  @Override
  public Client client() {
    return client;
  }

  @Override
  public String http() {
    return server.http();
  }
}
