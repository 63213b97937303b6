// A prepared statement with typed parameters and columns. For the .cpp files of this folder only.
#pragma once

#include <soci/soci.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nunchi::store {

/// A value at an address that SOCI reads or writes. An optional without a value is NULL.
template <typename T>
struct Cell {
    T value{};
    soci::indicator indicator = soci::i_ok;

    void set(T given) { value = std::move(given); }
    T get() const { return value; }
};

template <typename T>
struct Cell<std::optional<T>> {
    T value{};
    soci::indicator indicator = soci::i_ok;

    void set(std::optional<T> given) {
        indicator = given ? soci::i_ok : soci::i_null;
        value = std::move(given).value_or(T{});
    }
    std::optional<T> get() const {
        return indicator == soci::i_null ? std::nullopt : std::optional<T>(value);
    }
};

template <typename Signature>
class Prepared;

/// Prepared<std::tuple<Column...>(Parameter...)>. It is prepared at the first use and lives no longer than
/// the session. Parameters are long long, double, std::string or optionals of these, in the order of the
/// :names in the text; as PostgreSQL counts each mention, no name may stand there twice. Throws
/// soci::soci_error; it may not be used again after that.
template <typename... Column, typename... Parameter>
class Prepared<std::tuple<Column...>(Parameter...)> {
public:
    using Row = std::tuple<Column...>;

    Prepared(soci::session& session, std::string sql) : session_(session), sql_(std::move(sql)) {}

    /// How many rows were changed.
    long long execute(Parameter... parameters) {
        start(std::move(parameters)...);
        return bound_->statement.get_affected_rows();
    }

    std::vector<Row> rows(Parameter... parameters) {
        std::vector<Row> found;
        // To the end: a statement that stands at a row keeps the transaction from being committed.
        for (bool is_row = start(std::move(parameters)...); is_row; is_row = bound_->statement.fetch()) {
            found.push_back(
                std::apply([](const auto&... cell) { return Row(cell.get()...); }, bound_->columns));
        }
        return found;
    }

    std::optional<Row> row(Parameter... parameters) {
        auto found = rows(std::move(parameters)...);
        return found.empty() ? std::nullopt : std::optional<Row>(std::move(found.front()));
    }

private:
    struct Bound {
        Bound(soci::session& session, const std::string& sql) : statement(session) {
            std::apply(
                [&](auto&... cell) { (statement.exchange(soci::use(cell.value, cell.indicator)), ...); },
                parameters);
            std::apply(
                [&](auto&... cell) { (statement.exchange(soci::into(cell.value, cell.indicator)), ...); },
                columns);
            statement.alloc();
            statement.prepare(sql);
            statement.define_and_bind();
        }
        std::tuple<Cell<Parameter>...> parameters;
        std::tuple<Cell<Column>...> columns;
        soci::statement statement;  // last: it points at what stands above
    };

    /// Whether there is a row.
    bool start(Parameter... parameters) {
        if (!bound_) bound_ = std::make_unique<Bound>(session_, sql_);
        std::apply([&](auto&... cell) { (cell.set(std::move(parameters)), ...); }, bound_->parameters);
        return bound_->statement.execute(true);
    }

    soci::session& session_;
    std::string sql_;
    std::unique_ptr<Bound> bound_;
};

/// For statements without columns.
template <typename... Parameter>
using Command = Prepared<std::tuple<>(Parameter...)>;

}  // namespace nunchi::store
