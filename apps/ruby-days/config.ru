# frozen_string_literal: true

require_relative "days"

run Days
