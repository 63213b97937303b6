#include "classifier/weights/safetensors_header.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "classifier/weights/tensor_view.hpp"

namespace nunchi::weights {
namespace {

using Json = nlohmann::json;

/// Receives the JSON piece by piece. nlohmann's own tree would keep only the last of two equal keys, and its
/// depth is that of the input; this reader knows the three levels there are and refuses everything else.
class HeaderReader final : public Json::json_sax_t {
public:
    Header take_header() { return std::move(header_); }
    const std::string& error() const { return error_; }

    bool null() override { return refuse("null"); }
    bool boolean(bool /*value*/) override { return refuse("a boolean"); }
    bool number_integer(number_integer_t /*value*/) override { return refuse("a negative number"); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
        return refuse("a number that is no integer or too large");
    }
    bool binary(binary_t& /*value*/) override { return refuse("binary data"); }

    bool number_unsigned(number_unsigned_t value) override {
        if (value > std::numeric_limits<std::int64_t>::max()) return refuse("a number that is too large");
        if (place_ == Place::shape && entry().shape.size() < kMaxRank) {
            entry().shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (place_ == Place::offsets && offsets_seen_ < 2) {
            (offsets_seen_++ == 0 ? entry().begin : entry().end) = value;
            return true;
        }
        return refuse("a number");
    }

    bool string(string_t& value) override {
        if (place_ == Place::metadata) {
            header_.metadata[key_] = std::move(value);
            return true;
        }
        if (place_ != Place::tensor || key_ != "dtype") return refuse("a string");
        entry().dtype = std::move(value);
        return true;
    }

    bool start_object(std::size_t /*size*/) override {
        if (place_ == Place::start) return enter(Place::root);
        if (place_ != Place::root) return refuse("an object");
        return enter(key_ == "__metadata__" ? Place::metadata : Place::tensor);
    }

    bool key(string_t& value) override {
        key_ = std::move(value);
        switch (place_) {
            case Place::root: return start_entry();
            case Place::metadata:
                return !header_.metadata.contains(key_) ||
                       fail("__metadata__ has the key " + in_quotes(key_) + " twice");
            default: return start_field();
        }
    }

    bool end_object() override {
        if (place_ == Place::tensor && fields_.size() != 3) {
            return fail("tensor " + in_quotes(entry().name) + " lacks one of dtype, shape, data_offsets");
        }
        place_ = Place::root;
        return true;
    }

    bool start_array(std::size_t /*size*/) override {
        if (place_ == Place::tensor && key_ == "shape") return enter(Place::shape);
        if (place_ == Place::tensor && key_ == "data_offsets") return enter(Place::offsets);
        return refuse("an array");
    }

    bool end_array() override {
        if (place_ == Place::offsets && offsets_seen_ != 2) {
            return fail("tensor " + in_quotes(entry().name) + ": data_offsets needs two numbers");
        }
        return enter(Place::tensor);
    }

    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const Json::exception& /*e*/) override {
        return fail("the header is not valid UTF-8 JSON at file offset " + std::to_string(8 + position));
    }

private:
    /// Where in the three levels the next value stands.
    enum class Place {
        start,     // before the outermost brace
        root,      // in the outermost object: names of tensors and __metadata__
        tensor,    // in a tensor's object: dtype, shape, data_offsets
        shape,     // in the array of dimensions
        offsets,   // in the array of the two offsets
        metadata,  // in __metadata__: strings only
    };

    HeaderEntry& entry() { return header_.entries.back(); }

    bool enter(Place place) {
        place_ = place;
        return true;
    }

    bool start_entry() {
        if (!names_.insert(key_).second) return fail("the header names " + in_quotes(key_) + " twice");
        if (key_ == "__metadata__") return true;
        header_.entries.push_back({.name = key_, .dtype = {}, .shape = {}});
        fields_.clear();
        offsets_seen_ = 0;
        return true;
    }

    bool start_field() {
        if (key_ != "dtype" && key_ != "shape" && key_ != "data_offsets") {
            return fail("tensor " + in_quotes(entry().name) + " has the unknown field " + in_quotes(key_));
        }
        return fields_.insert(key_).second ||
               fail("tensor " + in_quotes(entry().name) + " has " + key_ + " twice");
    }

    bool refuse(std::string_view what) {
        if (place_ == Place::start) return fail("the header must be a JSON object");
        const bool in_tensor = place_ != Place::root && place_ != Place::metadata;
        const std::string where =
            in_tensor ? "tensor " + in_quotes(entry().name) + ", " + key_ : in_quotes(key_);
        return fail(where + ": " + std::string(what) + " is not allowed here");
    }

    bool fail(std::string message) {
        error_ = std::move(message);
        return false;
    }

    Header header_;
    std::string error_;
    Place place_ = Place::start;
    std::string key_;
    std::set<std::string, std::less<>> names_;   // of tensors, and __metadata__
    std::set<std::string, std::less<>> fields_;  // of the current tensor
    int offsets_seen_ = 0;
};

}  // namespace

api::outcome<Header> parse_safetensors_header(std::string_view json) {
    HeaderReader reader;
    if (!Json::sax_parse(json.begin(), json.end(), &reader)) {
        return api::failure(api::errc::bad_format, reader.error());
    }
    return reader.take_header();
}

}  // namespace nunchi::weights
