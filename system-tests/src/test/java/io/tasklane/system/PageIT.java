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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page at /, as a person sees it in a browser. */
@ExtendWith(SharedServer.class)
class PageIT {
  private static final Path PICTURES = Path.of("target", "pictures");

  /** Sets long figures, and tells which of them are not within their cells. */
  private static final String SPILLED =
      """
      (() => {
        const long = {queued: '123,456', oldest: 'oldest 72.2 h', done: '1,234,567',
            resting: '1,234 waiting', rates: '1,204 / 1,198', owner: 'on node-1.lon.example.org'};
        const cells = [...document.querySelectorAll('tbody [data-figure]')];
        cells.filter(cell => long[cell.dataset.figure])
            .forEach(cell => { cell.textContent = long[cell.dataset.figure]; });
        return cells.filter(cell => {
          const box = cell.closest('td, th').getBoundingClientRect();
          const own = cell.getBoundingClientRect();
          return own.width > 0 && (own.right > box.right + 1 || own.left < box.left - 1);
        }).map(cell => cell.dataset.figure).join(' ');
      })()""";

  private static final String TALLEST =
      "Math.max(...[...document.querySelectorAll('tbody tr')].map(row => row.offsetHeight))";

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

    tab.await("document.querySelectorAll('#parts [data-healthy=\"true\"]').length", 10);
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

  @ParameterizedTest
  @CsvSource({"390, 844", "1120, 800", "1280, 800"})
  void nothing_runs_out_of_its_column_and_a_phone_shows_two_queues_at_once(
      int width, int height, RunningServer server) throws Exception {
    Tab tab = chromium.open(width, height);
    tab.go("http://" + server.http() + "/");
    tab.await("document.querySelectorAll('tbody tr').length >= 3", true);
    tab.await("document.documentElement.scrollWidth <= innerWidth", true);
    assertThat(tab.value(SPILLED).getAsString()).isEmpty();
    tab.picture(PICTURES.resolve("page-" + width + ".png"));
    if (width < 600) {
      assertThat(tab.value(TALLEST).getAsInt()).isLessThan(400);
    }
  }

  @Test
  void a_trend_is_drawn_over_its_whole_box_from_the_first_figure_on(RunningServer server)
      throws Exception {
    Tab tab = chromium.open(1280, 800);
    tab.go("http://" + server.http() + "/");
    tab.await("document.querySelectorAll('.sparkline polyline').length >= 3", true);
    String ends =
        "[...document.querySelectorAll('.sparkline polyline')].every(line => "
            + "/^0.0,.* 160.0,/.test(line.getAttribute('points')))";
    assertThat(tab.value(ends).getAsBoolean()).isTrue();
  }
}
