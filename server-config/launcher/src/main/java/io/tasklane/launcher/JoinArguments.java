package io.tasklane.launcher;

import io.tasklane.launcher.address.Backbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options of a node that joins a running system: where its database and its broker are. */
final class JoinArguments {
  static final String DATABASE_URL = "--database-url";
  private static final String DATABASE_USER = "--database-user";
  private static final String PASSWORD_FILE = "--database-password-file";
  private static final String BROKER_URL = "--broker-url";

  /** What only a server with its own database and broker has. */
  private static final List<String> NOT_WITH_IT =
      List.of(StartArguments.JMS_PORT, StartArguments.DATABASE_PORT);

  @Option(
      names = DATABASE_URL,
      paramLabel = "URL",
      converter = OptionValues.DatabaseUrl.class,
      description = "Joins a running system: its database, as jdbc:postgresql://HOST:PORT/NAME.")
  private String databaseUrl;

  @Option(
      names = DATABASE_USER,
      paramLabel = "NAME",
      defaultValue = "tasklane",
      description = "The role in that database. Default: ${DEFAULT-VALUE}.")
  private String databaseUser;

  @Option(
      names = PASSWORD_FILE,
      paramLabel = "FILE",
      converter = OptionValues.ReadableFile.class,
      description =
          "The file with that role's password. Instead, the environment may have"
              + " TASKLANE_DATABASE_PASSWORD.")
  private Path passwordFile;

  @Option(
      names = BROKER_URL,
      paramLabel = "URL",
      converter = BrokerUrl.Converter.class,
      description = "Joins a running system: its broker, as tcp://HOST:PORT.")
  private BrokerUrl brokerUrl;

  /**
   * Where to join, empty where the server brings its own database and broker.
   *
   * @param line the command, after it was parsed
   * @throws ParameterException naming an option that is missing or does not go with these
   */
  Optional<Backbone> backbone(CommandLine line) {
    ParseResult given = line.getParseResult();
    if (List.of(DATABASE_URL, DATABASE_USER, PASSWORD_FILE, BROKER_URL).stream()
        .noneMatch(given::hasMatchedOption)) {
      return Optional.empty();
    }
    for (String option : List.of(DATABASE_URL, BROKER_URL)) {
      if (!given.hasMatchedOption(option)) {
        throw new ParameterException(
            line,
            "%s: is missing; give both %s and %s to join a running system"
                .formatted(option, DATABASE_URL, BROKER_URL));
      }
    }
    OptionValues.refuseGiven(
        line,
        NOT_WITH_IT,
        "a node that joins by " + BROKER_URL + " starts no database and no broker");
    return Optional.of(
        new Backbone(
            databaseUrl,
            databaseUser,
            Optional.ofNullable(passwordFile),
            brokerUrl.host(),
            brokerUrl.port()));
  }
}
