# frozen_string_literal: true

require "date"
require "digest"
require "pstore"
require "securerandom"

# The days that people wait for: one file, changed as a whole or not at all.
class Diary
  # What somebody asked for cannot be done; the message tells them why.
  class Refusal < StandardError; end

  Day = Struct.new(:id, :title, :date, :listed, :key_hash, keyword_init: true) do
    # How long it is from a day to this one: 0 is that day itself.
    def days_from(today) = (Date.iso8601(date) - today).to_i
  end

  def initialize(file)
    @store = PStore.new(file, true)
    @store.ultra_safe = true
  end

  # Those that are to come, the nearest first.
  def listed(today)
    all.select { |day| day.listed && day.days_from(today) >= 0 }.sort_by { |day| [day.date, day.title] }
  end

  def find(id)
    all.find { |day| day.id == id }
  end

  # Answers with the day, and with the key that removes it: it is told this once.
  def add(title, date, listed: true)
    title = title.to_s.scrub.gsub(/\s+/, " ").strip
    raise Refusal, "Say what you are waiting for, in at most eighty letters." unless (1..80).cover?(title.length)

    key = SecureRandom.hex(16)
    day = Day.new(id: SecureRandom.hex(5), title: title, date: read(date).iso8601, listed: listed, key_hash: Digest::SHA256.hexdigest(key))
    @store.transaction { (@store[:days] ||= []) << day.to_h }
    [day, key]
  end

  # Whether it was there, and the key was its own.
  def remove(id, key)
    hash = Digest::SHA256.hexdigest(key)
    @store.transaction { !@store.fetch(:days, []).reject! { |day| day[:id] == id && day[:key_hash] == hash }.nil? }
  end

  private

  def all
    @store.transaction(true) { @store.fetch(:days, []).map { |day| Day.new(**day) } }
  end

  def read(date)
    Date.strptime(date.to_s, "%Y-%m-%d")
  rescue Date::Error
    raise Refusal, "Choose a day."
  end
end
