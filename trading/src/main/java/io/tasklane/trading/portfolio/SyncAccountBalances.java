package io.tasklane.trading.portfolio;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.Stop;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import io.tasklane.trading.store.Snapshot;
import io.tasklane.trading.store.TradingStore;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.List;

/** Reads the accounts, says what changed since the last time, and whether the books balance. */
public final class SyncAccountBalances implements TaskHandler {
  private static final TaskType TYPE =
      TradingQueue.PORTFOLIO_SYNC.type(
          "sync_account_balances",
          "Reads account balances, compares them with the last sync and reconciles them.",
          SyncAccountBalances.class);

  private final MarketData data;
  private final TradingStore store;

  /** Reads from the data, remembers in the store. */
  public SyncAccountBalances(MarketData data, TradingStore store) {
    this.data = data;
    this.store = store;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    boolean forced = input.flag("force_full_sync", false);
    MarketView view = data.on(input.asOf());
    List<Account> all = Account.read(view.source());
    List<Account> selected = selected(all, input.selection("accounts"));
    Snapshot snapshot = Snapshot.open(store, "balances", view, run);
    boolean full = forced || snapshot.base().isEmpty();

    JsonObject before = snapshot.base().orElse(JsonObject.EMPTY_JSON_OBJECT);
    JsonObjectBuilder kept = full ? JsonText.object() : JsonText.object(before);
    JsonArrayBuilder accounts = JsonText.array();
    JsonArrayBuilder changes = JsonText.array();
    String now = run.clock().instant().toString();
    for (int i = 0; i < selected.size(); i++) {
      Stop.ifAsked(run);
      Account account = selected.get(i);
      run.progress(i, selected.size(), account.accountId(), "");
      Balance balance = new Balance(account, before.getJsonObject(account.accountId()));
      String lastSync = full ? now : balance.lastSync(now);
      kept.add(account.accountId(), balance.toKeep(lastSync));
      accounts.add(balance.toJson(lastSync));
      balance.cashChange().ifPresent(changes::add);
    }
    run.progress(selected.size(), selected.size(), "", "");
    List<Reconciliation> reconciliations =
        Reconciliation.of(all, selected, Position.read(view.source()));
    JsonArray cashChanges = changes.build();
    Payload result = result(view, selected, accounts, cashChanges, full, reconciliations, run);
    Announcer announcer = new Announcer(run, view);
    for (JsonObject change : cashChanges.getValuesAs(JsonObject.class)) {
      String account = Announcer.account(change.getString("account_id"));
      announcer.say("portfolio.cash_change", account, change);
    }
    snapshot.replace(kept.build());
    return result;
  }

  private static Payload result(
      MarketView view,
      List<Account> selected,
      JsonArrayBuilder accounts,
      JsonArray changes,
      boolean full,
      List<Reconciliation> reconciliations,
      Run run) {
    JsonArrayBuilder checks = JsonText.array();
    for (Reconciliation check : reconciliations) {
      checks.add(check.toJson());
      if (!check.holds()) {
        run.log(
            "account " + check.accountId() + " does not reconcile: " + check.difference() + " off");
      }
    }
    return Results.payload(
        Results.of(view)
            .add("accounts", accounts)
            .add(
                "total_value", Decimals.cents(sum(selected.stream().map(Account::equity).toList())))
            .add("cash_balance", Decimals.cents(sum(selected.stream().map(Account::cash).toList())))
            .add("currency", selected.get(0).currency())
            .add("sync_method", full ? "full" : "incremental")
            .add("cash_changes", changes)
            .add("reconciled", reconciliations.stream().allMatch(Reconciliation::holds))
            .add("reconciliation", checks));
  }

  private static List<Account> selected(List<Account> all, List<String> names) {
    if (all.isEmpty()) {
      throw DataFault.missing(Account.FILE + " has no account: at least one is needed");
    }
    List<String> known = all.stream().map(Account::accountId).toList();
    for (String name : names) {
      if (all.stream().noneMatch(account -> account.answersTo(name))) {
        throw DataFault.input("accounts", name, "all, or accounts among " + known);
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(account -> names.stream().anyMatch(account::answersTo)).toList();
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
