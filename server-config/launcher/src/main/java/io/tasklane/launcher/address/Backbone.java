package io.tasklane.launcher.address;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The database and the broker that all nodes of one system share.
 *
 * @param databaseUrl the database, as JDBC names it, without a password
 * @param databaseUser the application's role
 * @param passwordFile the file with that role's password; empty: the environment has it, or none is
 *     needed
 * @param brokerHost where the broker is
 * @param brokerPort where it listens
 */
public record Backbone(
    String databaseUrl,
    String databaseUser,
    Optional<Path> passwordFile,
    String brokerHost,
    int brokerPort) {

  /** "HOST:PORT" of the broker. */
  public String broker() {
    return brokerHost + ":" + brokerPort;
  }

  /** The broker, as its clients name it. */
  public String brokerUrl() {
    return "tcp://" + broker();
  }

  /** What a node needs that joins, by the names of the options it is given by. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("database-url", databaseUrl);
    fields.put("database-user", databaseUser);
    passwordFile.ifPresent(file -> fields.put("database-password-file", file.toString()));
    fields.put("broker-url", brokerUrl());
    return fields;
  }
}
