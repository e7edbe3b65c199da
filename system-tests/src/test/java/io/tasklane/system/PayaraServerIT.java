package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.browser.Chromium;
import io.tasklane.browser.Tab;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.payara.PayaraServer;
import io.tasklane.story.Surroundings;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The EAR on Payara Server, installed by the commands that docs/operations.md tells an operator to
 * use. The tests that take the application away come last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServers
class PayaraServerIT implements Smoke {
  private static final Path INSTALL = Home.folder().resolve("ear/target/payara-server");
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final String SAID =
      "(content => [content.innerText, ...[...content.querySelectorAll('input')].map(i => i.value)]"
          + ".join(' '))(document.getElementById('content'))";

  private static Surroundings around;
  private static PayaraServer server;
  private static Client client;
  private static int grpcPort;

  @BeforeAll
  static void install() throws Exception {
    around = Surroundings.start();
    Path folder = Files.createDirectories(around.work());
    server = PayaraServer.create(Home.payaraServer(), folder, ShortLived.environment());
    server.start(INSTALL.resolve("boot.asadmin"));
    Path secret = folder.resolve("secret");
    String password = Files.readString(around.database().passwordFile()).strip();
    Files.writeString(secret, "AS_ADMIN_ALIASPASSWORD=" + password + "\n");
    server.asadmin(
        "--passwordfile", secret.toString(), "create-password-alias", "tasklane.database.password");
    server.asadmin(INSTALL, "add-library", "postgresql.jar");
    grpcPort = FreePort.pick();
    Path settings = Files.writeString(folder.resolve("settings.asadmin"), settings(folder));
    server.asadmin(INSTALL, "multimode", "--file", settings.toString());
    System.out.println(server.asadmin(INSTALL, "multimode", "--file", "install.asadmin"));
    client = new Client("127.0.0.1:" + grpcPort);
  }

  /** The file as an operator changes it: other values for the same keys. */
  private static String settings(Path folder) throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("tasklane.data-dir", folder.resolve("data").toString());
    values.put("tasklane.grpc.port", Integer.toString(grpcPort));
    values.put("tasklane.database.url", around.database().url());
    values.put("tasklane.database.user", around.database().user());
    values.put("tasklane.broker.port", Integer.toString(around.brokerPort()));
    String text = Files.readString(INSTALL.resolve("settings.asadmin"));
    for (Map.Entry<String, String> value : values.entrySet()) {
      String command = "--propertyName " + value.getKey() + " --propertyValue ";
      assertThat(text).contains(command);
      text =
          text.replaceAll(
              "(?m)" + command + ".*$", Matcher.quoteReplacement(command + value.getValue()));
    }
    return text;
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (around != null) {
      around.close();
    }
  }

  @Override
  public Client client() {
    return client;
  }

  @Override
  public String http() {
    return server.http();
  }

  @Test
  void nothing_listens_beyond_the_loopback_interface() throws Exception {
    assertThat(server.process().ports()).contains(grpcPort);
    assertThat(server.process().openToOthers()).isEmpty();
  }

  @Test
  void reads_go_through_the_pool_that_the_server_shows() {
    String pool = "server.resources.tasklane-database.";
    server.asadmin(
        "set",
        "configs.config.server-config.monitoring-service.module-monitoring-levels.jdbc-connection-pool=HIGH");
    long before = figure(pool + "numconnacquired-count");
    client.resumeToken();
    assertThat(figure(pool + "numconnacquired-count")).isGreaterThan(before);
  }

  private static long figure(String name) {
    String told = server.asadmin("get", "--monitor", name);
    return Long.parseLong(told.replaceAll("(?s).*" + name + " = (\\d+).*", "$1"));
  }

  @Test
  void the_console_shows_the_application_its_pools_and_the_resource_adapter() throws Exception {
    try (Chromium chromium = Chromium.start(Home.browser())) {
      Tab tab = chromium.open(1440, 1000);
      tab.go("http://" + server.console() + "/common/index.jsf");
      // It loads itself when it is first asked for; then pages come into the one that is open.
      tab.await("typeof admingui == 'object' && !!document.getElementById('content')", true);
      shows(
          tab,
          "common/applications/applicationEdit.jsf?appName=tasklane",
          "Edit Application",
          "tasklane-ejb.jar",
          "tasklane-grpc-api.jar",
          "tasklane-web.war");
      shows(
          tab,
          "jdbc/jdbcConnectionPoolEdit.jsf?name=tasklane-database",
          "Edit JDBC Connection Pool",
          "org.postgresql.ds.PGSimpleDataSource");
      shows(
          tab,
          "jca/connectorConnectionPoolEdit.jsf?name=tasklane-broker",
          "Edit Connector Connection Pool",
          "tasklane-broker");
      shows(
          tab,
          "jca/resourceAdapterConfigEdit.jsf?name=artemis-ra",
          "Edit Resource Adapter Config",
          "artemis-ra");
    }
  }

  /** Waits until the page has this title and says all these words; keeps a picture of it. */
  private static void shows(Tab tab, String page, String title, String... words) throws Exception {
    tab.value("(() => { admingui.ajax.loadPage({url: '/" + page + "'}); })()");
    try {
      tab.await(SAID + ".includes('" + title + "')", true);
      for (String word : words) {
        tab.await(SAID + ".includes('" + word + "')", true);
      }
    } finally {
      tab.picture(PICTURES.resolve("console-" + title.replace(' ', '-') + ".png"));
    }
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void a_redeployment_serves_the_same_port_and_goes_on_with_the_tasks_there_were() {
    client.pause(Client.DATA);
    Task waiting = client.create(Client.task(Client.DATA, "system.echo", "{\"waited\":true}"));
    Task running = client.create(Client.task(Client.AI, "system.sleep", "{\"millis\":4000}"));
    client.reach(running, State.STATE_RUNNING);

    server.asadmin(INSTALL, "redeploy", "--name", "tasklane", "tasklane.ear");

    try (Client again = new Client("127.0.0.1:" + grpcPort)) {
      assertThat(again.get(waiting.getName()).getState()).isEqualTo(State.STATE_QUEUED);
      again.resume(Client.DATA);
      assertThat(again.end(waiting).getState()).isEqualTo(State.STATE_SUCCEEDED);
      Task ran = again.end(running);
      assertThat(ran.getState()).isEqualTo(State.STATE_SUCCEEDED);
      assertThat(ran.getAttempt()).isEqualTo(1);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void after_the_undeployment_no_thread_of_the_application_is_left_and_its_port_is_free()
      throws Exception {
    assertThat(ours()).isNotEmpty();
    server.asadmin("undeploy", "tasklane");
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    List<String> left = ours();
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(500);
      left = ours();
    }
    assertThat(left).isEmpty();
    assertThat(server.process().ports()).doesNotContain(grpcPort);
  }

  private static List<String> ours() throws Exception {
    return server.process().threads().stream()
        .filter(
            thread ->
                thread.startsWith("\"tasklane-")
                    || thread.startsWith("\"grpc-")
                    || thread.contains("io.tasklane."))
        .toList();
  }
}
