package io.tasklane.trading.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LotBookTest {
  private final LotBook book = new LotBook();

  private void trade(String quantity, String price) {
    book.book(Instant.EPOCH, new BigDecimal(quantity), new BigDecimal(price));
  }

  @Test
  void a_sale_closes_the_oldest_lots_first() {
    trade("10", "100");
    trade("10", "110");
    trade("-15", "120");
    // 10 x 20 + 5 x 10
    assertThat(book.realised()).isEqualByComparingTo("250");
    assertThat(book.quantity()).isEqualByComparingTo("5");
    assertThat(book.unrealised(new BigDecimal("115"))).isEqualByComparingTo("25");
    assertThat(book.cost()).isEqualByComparingTo("550");
  }

  @Test
  void a_short_lot_gains_when_bought_back_cheaper() {
    trade("-10", "100");
    assertThat(book.unrealised(new BigDecimal("90"))).isEqualByComparingTo("100");
    trade("4", "95");
    assertThat(book.realised()).isEqualByComparingTo("20");
    assertThat(book.quantity()).isEqualByComparingTo("-6");
  }

  @Test
  void a_sale_of_more_than_is_held_turns_the_position() {
    trade("10", "100");
    trade("-25", "110");
    assertThat(book.realised()).isEqualByComparingTo("100");
    assertThat(book.quantity()).isEqualByComparingTo("-15");
    assertThat(book.lots())
        .singleElement()
        .satisfies(lot -> assertThat(lot.price()).isEqualTo("110"));
  }

  @Test
  void what_is_realised_and_what_is_not_add_up_to_the_cash_that_moved() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom dice = new SplittableRandom(seed);
      LotBook any = new LotBook();
      BigDecimal cash = BigDecimal.ZERO;
      for (int i = 0; i < 40; i++) {
        BigDecimal quantity = BigDecimal.valueOf(dice.nextInt(-500, 500), 1);
        BigDecimal price = BigDecimal.valueOf(dice.nextInt(1, 100_000), 2);
        any.book(Instant.EPOCH, quantity, price);
        cash = cash.subtract(quantity.multiply(price));
      }
      BigDecimal now = new BigDecimal("77.77");
      assertThat(any.realised().add(any.unrealised(now)))
          .as("seed %s", seed)
          .isEqualByComparingTo(cash.add(any.quantity().multiply(now)));
    }
  }
}
