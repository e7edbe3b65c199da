package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The help of every verb. It is kept in the folder help of the resources, so that a change is seen;
 * {@code -Dtasklane.help.write=true} writes it anew, and the change is to be read before it is
 * committed.
 */
class HelpTest {
  private static final Path KEPT = Path.of("src/test/resources/io/tasklane/cli/help");
  private static final Pattern EXAMPLE = Pattern.compile("Example: .*?tasklane ([^>)]*)");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  /** The shell script hands these on. */
  private static final Set<String> OTHERS = Set.of("tasklane server", "tasklane bench");

  static Stream<CommandLine> verbs() {
    return nouns().stream().flatMap(HelpTest::leaves);
  }

  static List<CommandLine> nouns() {
    return List.copyOf(Tasklane.commandLine(Map.of()).getSubcommands().values());
  }

  private static Stream<CommandLine> leaves(CommandLine line) {
    return line.getSubcommands().isEmpty()
        ? Stream.of(line)
        : line.getSubcommands().values().stream();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void every_verb_has_an_example_that_the_command_understands(CommandLine verb) {
    String name = verb.getCommandSpec().qualifiedName();
    String footer = String.join("\n", verb.getCommandSpec().usageMessage().footer());
    Matcher example = EXAMPLE.matcher(footer);
    assertThat(example.find()).as("footer = {\"\", \"Example: %s ...\"}", name).isTrue();
    assertThat("tasklane " + example.group(1)).startsWith(name);
    if (!OTHERS.contains(name)) {
      assertThat(Tasklane.commandLine(Map.of()).parseArgs(words(example.group(1))).errors())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void every_verb_refuses_what_it_does_not_know(CommandLine verb) {
    String name = verb.getCommandSpec().qualifiedName();
    String[] words = (name + " --no-such-option").split(" ");
    CommandRun run =
        CommandRun.of(Map.of(), List.of(words).subList(1, words.length).toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tasklane: ");
    assertThat(run.out()).isEmpty();
  }

  /** As a shell splits them. */
  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group().replace("'", ""));
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("nouns")
  void the_help_is_as_it_is_kept(CommandLine noun) throws IOException {
    StringBuilder help = new StringBuilder(noun.getUsageMessage(CommandLine.Help.Ansi.OFF));
    new TreeMap<>(noun.getSubcommands())
        .values()
        .forEach(
            verb ->
                help.append("\n----\n").append(verb.getUsageMessage(CommandLine.Help.Ansi.OFF)));
    Path kept = KEPT.resolve(noun.getCommandName() + ".txt");
    if (Boolean.getBoolean("tasklane.help.write")) {
      Files.createDirectories(KEPT);
      Files.writeString(kept, help);
    }
    assertThat(kept).as("-Dtasklane.help.write=true writes it").exists();
    assertThat(help.toString()).isEqualTo(Files.readString(kept, StandardCharsets.UTF_8));
  }
}
