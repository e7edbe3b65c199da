package io.tasklane.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.cli.CommandRun;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.QueueServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers by name; a token goes to its own server, and nowhere else. */
class ProfileCommandTest {
  private static final String SECRET = "tl-4711-secret";

  private final List<String> authorizations = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path home;
  private Server first;
  private Server second;

  @BeforeEach
  void start() throws IOException {
    first = server("first");
    second = server("second");
    environment.put("HOME", home.toString());
  }

  @AfterEach
  void stop() {
    first.shutdownNow();
    second.shutdownNow();
  }

  private Server server(String name) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
        .addService(new Empty())
        .intercept(
            new ServerInterceptor() {
              @Override
              public <Q, R> ServerCall.Listener<Q> interceptCall(
                  ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                Metadata.Key<String> key =
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
                authorizations.add(name + " " + headers.get(key));
                return next.startCall(call, headers);
              }
            })
        .build()
        .start();
  }

  private static String address(Server server) {
    return "127.0.0.1:" + server.getPort();
  }

  private CommandRun run(String... args) {
    CommandRun run = CommandRun.of(environment, args);
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
    return run;
  }

  private CommandRun withInput(String text, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(args);
    } finally {
      System.setIn(before);
    }
  }

  private Path file() {
    return home.resolve(".config/tasklane/config.yaml");
  }

  private void setTwo() {
    assertThat(
            withInput(
                    SECRET + "\n",
                    "profile",
                    "set",
                    "one",
                    "--server",
                    address(first),
                    "--token",
                    "-")
                .exitCode())
        .isZero();
    assertThat(run("profile", "set", "two", "--server", address(second)).exitCode()).isZero();
  }

  @Test
  void only_its_owner_may_read_the_file_and_nobody_is_shown_the_token() throws IOException {
    setTwo();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(file())).contains(SECRET);
    assertThat(run("profile", "list").out()).contains("one", "two", "set", "none");
    assertThat(run("profile", "get", "one", "-o", "yaml").out())
        .isEqualTo("name: one\nserver: \"" + address(first) + "\"\nhasToken: true\nused: false\n");
    assertThat(run("profile", "get", "one", "-o", "json").out()).contains("\"hasToken\": true");
  }

  @Test
  void a_file_that_others_could_read_is_closed_by_the_next_change() throws IOException {
    setTwo();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    run("profile", "use", "two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  /** The order, from the weakest to the strongest. */
  @Test
  void each_way_to_name_a_server_goes_before_those_below_it() {
    setTwo();
    run("profile", "use", "one");
    assertThat(asked()).isEqualTo("first Bearer " + SECRET);
    environment.put("TASKLANE_PROFILE", "two");
    assertThat(asked()).isEqualTo("second null");
    environment.put("TASKLANE_TOKEN", "of-the-shell");
    assertThat(asked()).isEqualTo("second Bearer of-the-shell");
    environment.put("TASKLANE_SERVER", address(first));
    assertThat(asked()).isEqualTo("first Bearer of-the-shell");
    environment.put("TASKLANE_SERVER", address(second));
    assertThat(asked("--profile", "one")).isEqualTo("first Bearer " + SECRET);
    assertThat(asked("--profile", "one", "--server", address(second)))
        .isEqualTo("second Bearer of-the-shell");
  }

  @Test
  void the_token_of_a_profile_goes_to_no_other_server() {
    setTwo();
    run("profile", "use", "one");
    assertThat(asked("--server", address(second))).isEqualTo("second null");
    environment.put("TASKLANE_SERVER", address(second));
    assertThat(asked()).isEqualTo("second null");
  }

  private String asked(String... more) {
    List<String> words = new ArrayList<>(List.of("queue", "list"));
    words.addAll(List.of(more));
    CommandRun run = CommandRun.of(environment, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return authorizations.get(authorizations.size() - 1);
  }

  @Test
  void a_profile_that_is_deleted_is_used_no_more() {
    setTwo();
    run("profile", "use", "one");
    assertThat(run("profile", "delete", "one").out()).isEqualTo("deleted one\n");
    assertThat(run("profile", "list").out()).doesNotContain("one ", "yes");
    assertThat(run("profile", "get", "one").err())
        .contains("there is no profile one", "tasklane profile list");
    assertThat(run("queue", "list", "--profile", "one").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profiles:\\n  one: {server: 'a:1', token: 4711} | line 2, profiles.one.token: a text",
        "profiles:\\n  one:\\n    port: 1 | line 3, profiles.one.port: is not known: server",
        "profiles:\\n  one: 4711 | line 2, profiles.one: here key: value is needed",
        "profiles:\\n  one:\\n    token: '4711' | line 3, profiles.one.server: is missing",
        "use: two\\nprofiles:\\n  one: {server: 'a:1'} | line 1, use: there is no such profile",
        "profiles:\\n  one: {server: 'a:1', | line ",
      })
  void a_file_at_fault_is_named_with_its_line_and_without_its_values(String text, String message)
      throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text.replace("\\n", "\n"));
    CommandRun run = run("queue", "list");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tasklane: " + file() + ": " + message);
    // The folder of the test may have any digits in its name.
    assertThat(run.err().replace(file().toString(), "")).doesNotContain("4711", "\tat ");
  }

  @Test
  void a_token_on_the_command_line_is_refused_and_not_repeated() {
    CommandRun run = run("profile", "set", "one", "--server", "h:1", "--token", SECRET);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("standard input");
    assertThat(withInput("a b", "profile", "set", "one", "--server", "h:1", "--token", "-").err())
        .contains("holds no token");
    assertThat(file()).doesNotExist();
  }

  @Test
  void what_cannot_be_a_profile_is_refused() {
    assertThat(run("profile", "set", "a b", "--server", "h:1").err()).contains("is no name");
    assertThat(run("profile", "set", "one").err()).contains("--server HOST:PORT");
    assertThat(run("profile", "set", "one", "--server", "nonsense").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of(Map.of(), "profile", "set", "one", "--server", "h:1").err())
        .contains("HOME is not set");
  }

  /** Lists no queues. */
  private static final class Empty extends QueueServiceGrpc.QueueServiceImplBase {
    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> answer) {
      answer.onNext(ListQueuesResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
