package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.browser.Chromium;
import io.tasklane.browser.Tab;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at /, as a person sees it in a browser. */
@ExtendWith(SharedServer.class)
class PageIT {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static Chromium chromium;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start(Home.browser());
  }

  @AfterAll
  static void stopBrowser() {
    chromium.close();
  }

  private static String figure(String queue, String figure) {
    return "document.querySelector('[data-queue=\"%s\"] [data-figure=\"%s\"]')?.textContent"
        .formatted(queue, figure);
  }

  private static int number(Tab tab, String queue, String figure) {
    return Integer.parseInt(tab.value(figure(queue, figure)).getAsString().replace(",", ""));
  }

  private static String words(int number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  private static Tab live(String address) {
    Tab tab = chromium.open(1440, 900);
    tab.go("http://" + address + "/");
    tab.await("document.body?.dataset.connection", "live");
    tab.await("document.querySelectorAll('tbody tr').length >= 3", true);
    return tab;
  }

  private static List<Task> noops(Client client, String queue, int count) {
    List<Task.Builder> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Client.task(queue, "system.noop", "{}"));
    }
    return client.createAll(tasks);
  }

  @Test
  void figures_on_the_page_follow_what_happens_without_a_reload(RunningServer server, Client client)
      throws Exception {
    Tab tab = live(server.http());
    int done = number(tab, Client.PORTFOLIO, "done");
    int failed = number(tab, Client.PORTFOLIO, "failed");
    int retries = number(tab, Client.PORTFOLIO, "retries");

    noops(client, Client.PORTFOLIO, 5).forEach(client::end);
    tab.await(figure(Client.PORTFOLIO, "done"), words(done + 5));

    RetryPolicy twice = RetryPolicy.newBuilder().setMaximumAttempts(2).build();
    client.end(
        client.create(Client.task(Client.PORTFOLIO, "system.fail", "{}").setRetryPolicy(twice)));
    tab.await(figure(Client.PORTFOLIO, "failed"), words(failed + 1));
    tab.await(figure(Client.PORTFOLIO, "retries"), words(retries + 1));

    tab.await("document.querySelectorAll('#parts [data-healthy=\"true\"]').length", 7);
    tab.picture(PICTURES.resolve("page-idle.png"));
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void a_paused_queue_shows_as_paused_with_what_waits_in_it_and_what_runs_shows_as_running(
      RunningServer server, Client client) throws Exception {
    Tab tab = live(server.http());
    tab.colours("dark");
    Task running = client.create(Client.task(Client.AI, "system.sleep", "{\"millis\":600000}"));
    client.pause(Client.DATA);
    List<Task> waiting = new ArrayList<>();
    try {
      waiting.addAll(noops(client, Client.DATA, 3));
      tab.await(figure(Client.DATA, "state"), "paused");
      tab.await(figure(Client.DATA, "queued"), "3");
      tab.await(figure(Client.AI, "running") + "?.startsWith('system.sleep')", true);
      assertThat(tab.value(figure(Client.AI, "owner")).getAsString()).isEqualTo("on node-1");
      tab.picture(PICTURES.resolve("page-paused-dark.png"));
      tab.colours("light");
      tab.picture(PICTURES.resolve("page-paused.png"));
    } finally {
      client.resume(Client.DATA);
      client.cancel(running);
    }
    waiting.forEach(client::end);
    client.end(running);
    tab.await(figure(Client.DATA, "state"), "active");
    tab.await(figure(Client.DATA, "queued"), "0");
    tab.await(figure(Client.AI, "running"), "idle");
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void a_page_that_has_lost_its_server_says_so_greys_its_figures_and_comes_back(
      RunningServer server, Client client) throws Exception {
    int port = Integer.parseInt(server.http().replaceAll(".*:", ""));
    try (Cable cable = new Cable(port)) {
      Tab tab = live("127.0.0.1:" + cable.port());
      int done = number(tab, Client.DATA, "done");
      cable.cut();
      tab.await("document.body.dataset.connection", "lost");
      assertThat(tab.value("document.getElementById('connection-words').textContent").getAsString())
          .isEqualTo("reconnecting");
      assertThat(tab.value("getComputedStyle(document.querySelector('main')).filter").getAsString())
          .isEqualTo("grayscale(1)");
      tab.picture(PICTURES.resolve("page-lost.png"));

      noops(client, Client.DATA, 2).forEach(client::end);
      cable.mend();
      tab.await("document.body.dataset.connection", "live");
      tab.await(figure(Client.DATA, "done"), words(done + 2));
    }
  }

  @Test
  void the_page_fits_a_narrow_screen(RunningServer server) throws Exception {
    Tab tab = chromium.open(420, 900);
    tab.go("http://" + server.http() + "/");
    tab.await("document.body?.dataset.connection", "live");
    tab.await("document.documentElement.scrollWidth <= innerWidth", true);
    tab.picture(PICTURES.resolve("page-narrow.png"));
  }
}
