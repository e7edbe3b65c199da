package io.tasklane.tasktype;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.task.TaskType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Registers task types, all of a request or none; the result is how each is stored now. */
public final class RegisterTypes implements SingleCommand<RegisterTypes.Request, List<StoredType>> {
  /**
   * A definition.
   *
   * @param type what it states
   * @param revision of that, 1 or more
   */
  public record Definition(TaskType type, long revision) {}

  /**
   * What to register.
   *
   * @param by who asks for it
   * @param types in any order, none twice
   */
  public record Request(TypeRegistration.Source by, List<Definition> types) {}

  private record Decided(TypeRegistration what, Definition wanted, Optional<StoredType> stored) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_TASK_TYPES;
  }

  @Override
  public Outcome<List<StoredType>> executeOne(Batch batch, Request request) throws SQLException {
    return Outcome.done(register(new TypeRows(batch.connection()), request));
  }

  /** Registers within the transaction of another command. */
  public static List<StoredType> register(Batch batch, Request request) throws SQLException {
    return register(new TypeRows(batch.connection()), request);
  }

  /** Decides about all of them before it writes anything: a refused request changes nothing. */
  private static List<StoredType> register(TypeRows rows, Request request) throws SQLException {
    List<Decided> all = new ArrayList<>();
    for (Definition wanted : inOrder(request.types())) {
      Optional<StoredType> stored = rows.lockOrName(wanted.type().name());
      TypeRegistration what =
          TypeRegistration.of(request.by(), stored, wanted.type(), wanted.revision());
      if (what == TypeRegistration.DIFFERS) {
        forgetNames(rows, all);
        throw differs(wanted, stored.orElseThrow());
      }
      all.add(new Decided(what, wanted, stored));
    }
    List<StoredType> now = new ArrayList<>();
    for (Decided one : all) {
      if (one.what() != TypeRegistration.KEPT) {
        rows.write(
            one.wanted().type(),
            TypeRegistration.revision(request.by(), one.stored(), one.wanted().revision()));
      }
      now.add(rows.find(one.wanted().type().name()).orElseThrow());
    }
    return now;
  }

  /** In the order of their names, so that two requests never wait for one another. */
  private static List<Definition> inOrder(List<Definition> types) {
    return types.stream().sorted(Comparator.comparing(one -> one.type().name())).toList();
  }

  /** The batch may commit what others of it have done. */
  private static void forgetNames(TypeRows rows, List<Decided> all) throws SQLException {
    for (Decided one : all) {
      if (one.what() == TypeRegistration.CREATED) {
        rows.delete(one.wanted().type().name());
      }
    }
  }

  private static Refusal differs(Definition wanted, StoredType stored) {
    return Refusal.precondition(
        RefusalReason.TASK_TYPE_DIFFERS,
        "task_types/" + wanted.type().name(),
        "revision "
            + wanted.revision()
            + " says something else than the stored revision "
            + stored.revision()
            + "; state a higher revision to replace it");
  }
}
